// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.policies.Verdict;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.conversation.RedactedSlot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what was found in texts in the shape of OpenAI's moderations. Its thirteen categories are there, since clients
 * demand them, and are never true: nothing here judges hate or violence, and {@code unjudged} says so. What is judged has
 * categories of our own.
 */
final class ModerationWriter {
    static final String MODEL = "intramuros-findings";

    private static final List<String> UNJUDGED = List.of(
            "harassment",
            "harassment/threatening",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/instructions",
            "self-harm/intent",
            "sexual",
            "sexual/minors",
            "violence",
            "violence/graphic");

    private ModerationWriter() {}

    /** What was found in one input. */
    private static final class Judged {
        private final Map<EntityType, Integer> counts = new EnumMap<>(EntityType.class);
        private final Map<EntityType, Action> actions = new EnumMap<>(EntityType.class);
        private double personal;
        private double secret;

        void add(RedactedSlot slot) {
            slot.findings().forEach(found -> {
                counts.merge(found.type(), 1, Integer::sum);
                actions.put(found.type(), found.action());
                if (found.type() == EntityType.SECRET) secret = Math.max(secret, found.score());
                else personal = Math.max(personal, found.score());
            });
        }

        Action action(EntityType type) {
            return actions.getOrDefault(type, Action.ALLOW);
        }

        boolean isActedOn() {
            return actions.values().stream().anyMatch(action -> action != Action.ALLOW);
        }

        boolean isBlocked() {
            return actions.containsValue(Action.BLOCK);
        }
    }

    static byte[] write(Exchange exchange, List<RedactedSlot> slots) {
        List<Judged> inputs = inputs(exchange, slots);
        boolean denied = exchange.found().decision.get().verdict() instanceof Verdict.Deny deny
                && deny.code() == Verdict.Code.POLICY_BLOCKED;
        ObjectNode answer =
                StrictJson.object().put("id", "modr-" + exchange.id()).put("model", MODEL);
        var results = answer.putArray("results");
        for (Judged input : inputs) result(input, denied, results.addObject());
        return StrictJson.write(answer);
    }

    /** One for each text of an array of texts; one for a single text, and for parts, which are one message. */
    private static List<Judged> inputs(Exchange exchange, List<RedactedSlot> slots) {
        JsonNode input = exchange.found().request.get().body().path("input");
        boolean several = input.isArray() && input.path(0).isString();
        List<Judged> inputs = new ArrayList<>();
        for (int i = 0; i < (several ? input.size() : 1); i++) inputs.add(new Judged());
        List<TextSlot> places = exchange.found().request.get().slots();
        for (int i = 0; i < slots.size(); i++)
            inputs.get(several ? index(places.get(i).pointer()) : 0).add(slots.get(i));
        return inputs;
    }

    /** Of the input that a slot stands in; what stands elsewhere in the body counts for the first. */
    private static int index(String pointer) {
        String[] steps = pointer.split("/", -1);
        return steps.length == 3 && steps[1].equals("input") ? Integer.parseInt(steps[2]) : 0;
    }

    private static void result(Judged input, boolean denied, ObjectNode to) {
        to.put("flagged", input.isActedOn() || denied);
        ObjectNode categories = to.putObject("categories");
        ObjectNode scores = to.putObject("category_scores");
        ObjectNode applied = to.putObject("category_applied_input_types");
        for (String name : UNJUDGED) {
            categories.put(name, false);
            scores.put(name, 0.0);
            applied.putArray(name);
        }
        own("intramuros/personal-data", input.personal, to);
        own("intramuros/secret", input.secret, to);
        own("intramuros/forbidden", input.isBlocked() || denied ? 1 : 0, to);
        ObjectNode findings = to.putObject("findings");
        input.counts.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .forEach(entry -> findings.putObject(entry.getKey().name())
                        .put("count", entry.getValue())
                        .put("action", input.action(entry.getKey()).name().toLowerCase(Locale.ROOT)));
        var unjudged = to.putArray("unjudged");
        UNJUDGED.forEach(unjudged::add);
    }

    private static void own(String name, double score, ObjectNode to) {
        to.withObject("categories").put(name, score > 0);
        to.withObject("category_scores").put(name, score);
        to.withObject("category_applied_input_types").putArray(name).add("text");
    }
}
