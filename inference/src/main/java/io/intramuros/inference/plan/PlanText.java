// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.plan;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan for people, and for programs. */
public final class PlanText {
    private static final int WIDTH = 40;
    private static final long[] USUAL = {8, 16, 64};

    private PlanText() {}

    /** Lines for a terminal. */
    public static String of(String model, MemoryPlan plan) {
        var out = new StringBuilder();
        long memory = plan.wish().gpu().orElse(roomFor(plan.total()));
        line(out, "model", model);
        line(out, "weights", Sizes.of(plan.weights()));
        line(
                out,
                "cache",
                Sizes.of(plan.perUser() * plan.wish().users()) + ": " + Sizes.of(plan.perToken()) + " per token × "
                        + plan.context() + " tokens × " + plan.wish().users() + " users");
        line(out, "activations", Sizes.of(plan.scratch()));
        line(
                out,
                "together",
                Sizes.of(plan.total()) + " of " + Sizes.of(memory)
                        + (plan.wish().gpu().isPresent() ? " on the GPU" : ""));
        line(out, "", bar(plan, memory));
        line(
                out,
                "fits",
                plan.total() <= memory ? "yes" : "no: " + plan.users(memory) + " users at this context would");
        for (long gib : USUAL) {
            line(out, gib + " GiB", users(plan, gib * Sizes.GIB));
        }
        line(
                out,
                "why",
                "the weights are there once; every user adds context × " + Sizes.of(plan.perToken())
                        + ", so twice the users fit at half the context");
        if (plan.isTooLong()) {
            line(out, "note", "the model was made for " + plan.longest() + " tokens");
        }
        if (plan.wish().gpu().isEmpty()) {
            line(out, "note", "while it is loaded, a model takes about 1.7 times its weights");
        }
        return out.toString();
    }

    /** The same numbers as JSON. */
    public static String json(MemoryPlan plan) {
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("weights", plan.weights())
                .put("perToken", plan.perToken())
                .put("perUser", plan.perUser())
                .put("scratch", plan.scratch())
                .put("context", plan.context())
                .put("users", plan.wish().users())
                .put("total", plan.total());
        ArrayNode fits = node.putArray("fits");
        for (long gib : USUAL) {
            fits.addObject().put("memory", gib * Sizes.GIB).put("users", plan.users(gib * Sizes.GIB));
        }
        if (plan.wish().gpu().isPresent()) {
            node.put("gpu", plan.wish().gpu().get())
                    .put("usersOnGpu", plan.users(plan.wish().gpu().get()));
        }
        return node.toString();
    }

    /** Weights, cache and activations as parts of what there is; beyond the end what is missing. */
    private static String bar(MemoryPlan plan, long memory) {
        double scale = (double) WIDTH / Math.max(memory, 1);
        int weights = cells(plan.weights() * scale);
        int cache = cells((double) plan.perUser() * plan.wish().users() * scale);
        int scratch = cells(plan.scratch() * scale);
        String full = "W".repeat(weights) + "c".repeat(cache) + "a".repeat(scratch);
        return full.length() <= WIDTH
                ? "[" + full + ".".repeat(WIDTH - full.length()) + "] W weights, c cache, a activations"
                : "[" + full.substring(0, WIDTH) + "]> more than there is";
    }

    private static int cells(double exact) {
        return (int) Math.min(2L * WIDTH, Math.max(exact > 0 ? 1 : 0, Math.round(exact)));
    }

    private static String users(MemoryPlan plan, long memory) {
        long users = plan.users(memory);
        return users == 0
                ? "not with " + plan.context() + " tokens"
                : users + " users of " + plan.context() + " tokens";
    }

    private static long roomFor(long total) {
        for (long gib : USUAL) {
            if (total <= gib * Sizes.GIB) {
                return gib * Sizes.GIB;
            }
        }
        return total;
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
    }
}
