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
        Keys keys = Keys.of(metadata);
        Family.of(keys);
        int hidden = keys.integer("embedding_length");
        int heads = keys.integer("attention.head_count");
        int headSize = keys.integer("attention.key_length", hidden / Math.max(1, heads));
        if (keys.integer("attention.value_length", headSize) != headSize) {
            throw new GgufException("heads: keys and values of different sizes (expected: one size)");
        }
        try {
            return new DecoderSpec(
                    keys.integer("block_count"),
                    hidden,
                    heads,
                    keys.integer("attention.head_count_kv", heads),
                    headSize,
                    keys.integer("feed_forward_length"),
                    vocabulary,
                    Math.min(mostContext, keys.integer("context_length")),
                    (float) metadata.requiredReal(keys.prefix() + "attention.layer_norm_rms_epsilon"),
                    keys.real("rope.freq_base", 10_000),
                    ropeScale(keys));
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

    private static double ropeScale(Keys keys) throws GgufException {
        double linear = keys.real("rope.scale_linear", 1);
        boolean factors = keys.has("rope.scaling.attn_factor");
        String type = keys.metadata()
                .text(keys.prefix() + "rope.scaling.type")
                .orElse(linear == 1 && !keys.has("rope.scaling.factor") ? "none" : "linear");
        return switch (type) {
            // The factors of longrope are tensors of the file.
            case "none", "longrope" -> 1;
            case "linear" -> factors ? 1 : keys.real("rope.scaling.factor", linear);
            default ->
                throw new GgufException(
                        keys.prefix() + "rope.scaling.type: " + type + " (expected: none, linear or longrope)");
        };
    }

    private static void positive(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + most + ")");
        }
    }
}
