// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.plan;

import io.intramuros.inference.gguf.Blocks;
import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.gguf.GgufMetadata;
import io.intramuros.inference.gguf.GgufTensor;
import java.util.List;
import java.util.Optional;

/**
 * What a model takes, in bytes. On a CPU, numbers of the cache and scales of blocks are 32-bit floats; on a GPU they are
 * of 16 bits.
 *
 * @param wish what was asked for
 * @param weights of the loaded model
 * @param perToken of keys and values that one token leaves in the cache
 * @param scratch of one pass over a part of a prompt, and of the scores of all users
 * @param context tokens that each user can hold
 * @param longest tokens that the model was made for
 */
public record MemoryPlan(Wish wish, long weights, long perToken, long scratch, long context, long longest) {
    private static final int CHUNK = 256;
    private static final int WHOLE = 4;
    private static final int HALF = 2;

    /**
     * What is asked for.
     *
     * @param context tokens per user; the model's own, at most 8,192, where absent
     * @param users at once; at least 1
     * @param gpu bytes of the card's memory, where there is one
     */
    public record Wish(Optional<Long> context, int users, Optional<Long> gpu) {
        /** Checks the ranges. */
        public Wish {
            if (users < 1 || users > 1_000_000) {
                throw new IllegalArgumentException("--users: " + users + " (expected: 1 to 1000000)");
            }
            if (context.isPresent() && (context.get() < 1 || context.get() > 1 << 24)) {
                throw new IllegalArgumentException(
                        "--context: " + context.get() + " (expected: 1 to " + (1 << 24) + ")");
            }
        }

        /** Reads {@code --context N --users N --gpu 24GiB}. */
        public static Wish of(List<String> options) {
            Optional<Long> context = Optional.empty();
            Optional<Long> gpu = Optional.empty();
            long users = 1;
            for (int i = 0; i < options.size(); i += 2) {
                String name = options.get(i);
                if (i + 1 == options.size()) {
                    throw new IllegalArgumentException(
                            name + ": no value (expected: --context N, --users N, --gpu 24GiB)");
                }
                String value = options.get(i + 1);
                switch (name) {
                    case "--context" -> context = Optional.of(number(name, value));
                    case "--users" -> users = number(name, value);
                    case "--gpu" -> gpu = Optional.of(Sizes.parse(name, value));
                    default ->
                        throw new IllegalArgumentException(
                                name + ": unknown (expected: --context N, --users N, --gpu 24GiB)");
                }
            }
            return new Wish(context, (int) Math.min(users, Integer.MAX_VALUE), gpu);
        }

        private static long number(String name, String value) {
            if (!value.matches("\\d{1,9}")) {
                throw new IllegalArgumentException(name + ": not a number (expected: a whole number)");
            }
            return Long.parseLong(value);
        }
    }

    /** The plan for a file. */
    public static MemoryPlan of(GgufFile file, Wish wish) throws GgufException {
        GgufMetadata metadata = file.metadata();
        String prefix = metadata.requiredText("general.architecture") + ".";
        long layers = metadata.requiredNumber(prefix + "block_count");
        long hidden = metadata.requiredNumber(prefix + "embedding_length");
        long heads = greatest(metadata, prefix + "attention.head_count", 1);
        long kvHeads = greatest(metadata, prefix + "attention.head_count_kv", heads);
        long size = metadata.number(prefix + "attention.key_length").orElse(hidden / Math.max(1, heads));
        long inner = greatest(metadata, prefix + "feed_forward_length", 4 * hidden);
        long longest = metadata.number(prefix + "context_length").orElse(2048);
        long rows = file.tensor("token_embd.weight").map(GgufTensor::rows).orElse(0L);
        int width = wish.gpu.isPresent() ? HALF : WHOLE;
        try {
            long perToken = product(2L * width, layers, kvHeads, size);
            long activations = product(CHUNK, WHOLE, 2 * inner + (heads + 2 * kvHeads) * size + 3 * hidden);
            long scores = product(WHOLE, rows, wish.users);
            return new MemoryPlan(
                    wish,
                    weights(file, wish.gpu.isPresent()),
                    perToken,
                    Math.addExact(activations, scores),
                    wish.context.orElse(Math.min(longest, 8192)),
                    longest);
        } catch (ArithmeticException e) {
            GgufException refused = new GgufException(prefix + "block_count: a shape beyond all memory");
            refused.initCause(e);
            throw refused;
        }
    }

    /** Of one user's whole context. */
    public long perUser() {
        return product(perToken, context);
    }

    /** Of all that was asked for. */
    public long total() {
        return Math.addExact(Math.addExact(weights, scratch), product(perUser(), wish.users));
    }

    /** How many users fit into so many bytes beside the model. */
    public long users(long memory) {
        long left = memory - weights - scratch;
        return left <= 0 ? 0 : left / Math.max(1, perUser());
    }

    /** Whether the model was made for so long a context. */
    public boolean isTooLong() {
        return context > longest;
    }

    private static long weights(GgufFile file, boolean gpu) {
        long sum = 0;
        for (GgufTensor tensor : file.tensors()) {
            sum = Math.addExact(sum, (long) (tensor.weights() * bytesPerWeight(tensor.type(), gpu)));
        }
        return sum;
    }

    /** As the graph keeps it: codes of 4 or 8 bits, and a scale for each group, two for affine types. */
    private static double bytesPerWeight(GgmlType type, boolean gpu) {
        int width = gpu ? HALF : WHOLE;
        if (!Blocks.supports(type)) {
            boolean half = type == GgmlType.F16 || type == GgmlType.BF16;
            return half ? width : (type == GgmlType.F32 ? WHOLE : (double) type.blockBytes() / type.blockWeights());
        }
        int numbers = Blocks.affine(type) ? 2 : 1;
        return Blocks.bits(type) / 8.0 + (double) numbers * width / Blocks.group(type);
    }

    private static long greatest(GgufMetadata metadata, String key, long absent) throws GgufException {
        if (!metadata.isArray(key)) {
            return metadata.number(key).orElse(absent);
        }
        long most = 0;
        for (long value : metadata.numbers(key)) {
            most = Math.max(most, value);
        }
        return most;
    }

    private static long product(long... factors) {
        long product = 1;
        for (long factor : factors) {
            product = Math.multiplyExact(product, factor);
        }
        return product;
    }
}
