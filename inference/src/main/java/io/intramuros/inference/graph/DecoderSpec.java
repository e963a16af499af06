// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufMetadata;
import java.util.Locale;

/**
 * The shape of a decoder.
 *
 * @param hidden width of the residual stream
 * @param feedForward width inside the feed-forward network
 * @param context most tokens that the graph can hold: rows of its rotation tables
 * @param epsilon of the RMS norms
 * @param ropeBase base of the rotary embedding's frequencies
 * @param ropeScale what positions are divided by
 */
public record DecoderSpec(
        int layers,
        int hidden,
        int heads,
        int kvHeads,
        int headSize,
        int feedForward,
        int vocabulary,
        int context,
        float epsilon,
        double ropeBase,
        double ropeScale) {
    private static final int MOST = 1 << 22;

    /** Checks what the graph relies on. */
    public DecoderSpec {
        positive("layers", layers, 1024);
        positive("hidden", hidden, MOST);
        positive("heads", heads, 1024);
        positive("key and value heads", kvHeads, heads);
        positive("head size", headSize, 1024);
        positive("feed-forward width", feedForward, MOST);
        positive("vocabulary", vocabulary, MOST);
        positive("context", context, 1 << 24);
        if (heads % kvHeads != 0 || headSize % 8 != 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "heads: %d of %d for %d (expected: heads a multiple, their size one of 8)",
                    heads,
                    headSize,
                    kvHeads));
        }
        if (!(epsilon > 0 && epsilon < 1)
                || !(ropeBase > 1)
                || !(ropeScale > 0)
                || ropeBase > 1e12
                || ropeScale > 1e6) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "epsilon %g, rope base %g, rope scale %g (expected: small and positive, above 1, positive)",
                    epsilon,
                    ropeBase,
                    ropeScale));
        }
    }

    /**
     * Reads the shape from the metadata of a GGUF file.
     *
     * @param vocabulary rows of its embedding
     * @param mostContext upper bound of the context that is served
     * @throws GgufException when the file is of an architecture or a variant that we do not build
     */
    static DecoderSpec of(GgufMetadata metadata, int vocabulary, int mostContext) throws GgufException {
        String architecture = metadata.requiredText("general.architecture");
        if (!architecture.equals("llama")) {
            throw new GgufException("architecture: " + architecture + " (expected: llama)");
        }
        String prefix = architecture + ".";
        refuseVariants(metadata, prefix);
        int hidden = integer(metadata, prefix + "embedding_length");
        int heads = integer(metadata, prefix + "attention.head_count");
        int headSize = optional(metadata, prefix + "attention.key_length", hidden / Math.max(1, heads));
        if (optional(metadata, prefix + "attention.value_length", headSize) != headSize
                || optional(metadata, prefix + "rope.dimension_count", headSize) != headSize) {
            throw new GgufException("heads: keys, values and rotation of different sizes (expected: one size)");
        }
        try {
            return new DecoderSpec(
                    integer(metadata, prefix + "block_count"),
                    hidden,
                    heads,
                    optional(metadata, prefix + "attention.head_count_kv", heads),
                    headSize,
                    integer(metadata, prefix + "feed_forward_length"),
                    vocabulary,
                    Math.min(mostContext, integer(metadata, prefix + "context_length")),
                    (float) metadata.requiredReal(prefix + "attention.layer_norm_rms_epsilon"),
                    metadata.real(prefix + "rope.freq_base").orElse(10_000),
                    ropeScale(metadata, prefix));
        } catch (IllegalArgumentException e) {
            GgufException refused = new GgufException("shape of the model: " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    /** Bytes that one token takes in the memory of keys and values. */
    public long memoryPerToken() {
        return 2L * layers * kvHeads * headSize * Float.BYTES;
    }

    private static void refuseVariants(GgufMetadata metadata, String prefix) throws GgufException {
        if (metadata.number(prefix + "expert_count").orElse(0) != 0) {
            throw new GgufException(prefix + "expert_count: a mixture of experts (expected: one feed-forward network)");
        }
        if (metadata.number(prefix + "attention.sliding_window").orElse(0) != 0) {
            throw new GgufException(
                    prefix + "attention.sliding_window: set (expected: attention to all that came before)");
        }
        for (String key : new String[] {"embedding_scale", "residual_scale", "attention.scale", "logit_scale"}) {
            if (metadata.keys().contains(prefix + key)) {
                throw new GgufException(prefix + key + ": set (expected: absent)");
            }
        }
    }

    private static double ropeScale(GgufMetadata metadata, String prefix) throws GgufException {
        double linear = metadata.real(prefix + "rope.scale_linear").orElse(1);
        String type = metadata.text(prefix + "rope.scaling.type").orElse(linear == 1 ? "none" : "linear");
        return switch (type) {
            case "none" -> 1;
            case "linear" -> metadata.real(prefix + "rope.scaling.factor").orElse(linear);
            default -> throw new GgufException(prefix + "rope.scaling.type: " + type + " (expected: none, linear)");
        };
    }

    private static int integer(GgufMetadata metadata, String key) throws GgufException {
        if (metadata.isArray(key)) {
            long[] perLayer = metadata.numbers(key);
            for (long value : perLayer) {
                if (value != perLayer[0]) {
                    throw new GgufException(key + ": differs between layers (expected: one value)");
                }
            }
            return perLayer.length == 0 ? 0 : bounded(key, perLayer[0]);
        }
        return bounded(key, metadata.requiredNumber(key));
    }

    private static int optional(GgufMetadata metadata, String key, int absent) throws GgufException {
        return metadata.keys().contains(key) ? integer(metadata, key) : absent;
    }

    private static int bounded(String key, long value) throws GgufException {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new GgufException(key + ": " + value + " (expected: a positive 32-bit integer)");
        }
        return (int) value;
    }

    private static void positive(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + most + ")");
        }
    }
}
