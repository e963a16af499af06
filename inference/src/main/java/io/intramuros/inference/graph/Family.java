// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import java.util.Locale;
import java.util.Set;

/** The families of decoders that we build, by the name in {@code general.architecture}, and where they differ. */
enum Family {
    /** Llama 1 to 3, Mistral, SmolLM2, TinyLlama. */
    LLAMA,
    /** Qwen 2 and 2.5. */
    QWEN2,
    /** Qwen 3, dense. */
    QWEN3,
    /** Phi 3, 3.5, 4 mini. */
    PHI3,
    /** Gemma 2. */
    GEMMA2,
    /** Gemma 3, text. */
    GEMMA3,
    /** Granite 3, dense. */
    GRANITE,
    /** OLMo 2. */
    OLMO2,
    /** SmolLM3: every fourth layer without rotation. */
    SMOLLM3;

    /** What changes a model's numbers wherever it stands; a family that does not list it is not built with it. */
    private static final Set<String> CHANGES = Set.of(
            "scal", "softcap", "sliding", "expert", "clamp", "ssm", "alibi", "temperature", "swa", "parallel", "sink");

    /**
     * The family of a file.
     *
     * @throws GgufException where it is none of these, or has a setting that its family does not know
     */
    static Family of(Keys keys) throws GgufException {
        String name = keys.prefix().substring(0, keys.prefix().length() - 1);
        for (Family family : values()) {
            if (family.architecture().equals(name)) {
                family.refuseUnknown(keys);
                return family;
            }
        }
        throw new GgufException("architecture: " + name + " (expected: llama, qwen2, qwen3, phi3, gemma2, gemma3, "
                + "granite, olmo2 or smollm3)");
    }

    /** The name in the metadata. */
    String architecture() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isGemma() {
        return this == GEMMA2 || this == GEMMA3;
    }

    /** Whether neighbours are rotated in GGUF files, and not halves. */
    boolean rotatesNeighbours() {
        return this == LLAMA || this == GRANITE || this == SMOLLM3;
    }

    /** Whether norms stand before attention and feed-forward. */
    boolean normsBefore() {
        return this != OLMO2;
    }

    /** Whether norms stand behind them. */
    boolean normsAfter() {
        return this == OLMO2 || isGemma();
    }

    /** Whether queries and keys are normed head by head. */
    boolean normsHeads() {
        return this == QWEN3 || this == GEMMA3;
    }

    private void refuseUnknown(Keys keys) throws GgufException {
        for (String key : keys.metadata().keys()) {
            if (key.startsWith(keys.prefix())) {
                String name = key.substring(keys.prefix().length());
                boolean changes = CHANGES.stream().anyMatch(name::contains);
                if (changes && allowed().stream().noneMatch(name::startsWith) && !neutral(keys, name)) {
                    throw new GgufException(key + ": set (expected: absent for " + architecture() + ")");
                }
            }
        }
    }

    /** The settings that this family is built with, by how their names begin. */
    private Set<String> allowed() {
        return switch (this) {
            case LLAMA, PHI3 -> Set.of("attention.sliding_window", "rope.scaling", "rope.scale_linear");
            case QWEN2, QWEN3, OLMO2, SMOLLM3 -> Set.of("rope.scaling", "rope.scale_linear");
            case GEMMA2 ->
                Set.of(
                        "attention.sliding_window",
                        "attn_logit_softcapping",
                        "final_logit_softcapping",
                        "attention.scale");
            case GEMMA3 ->
                Set.of(
                        "attention.sliding_window",
                        "final_logit_softcapping",
                        "attention.scale",
                        "rope.scaling",
                        "rope.freq_base_swa");
            case GRANITE ->
                Set.of("embedding_scale", "residual_scale", "attention.scale", "logit_scale", "rope.scaling");
        };
    }

    /** A setting that asks for nothing. */
    private static boolean neutral(Keys keys, String name) throws GgufException {
        if (keys.metadata().isArray(keys.prefix() + name)) {
            return false;
        }
        return switch (name) {
            case "expert_count", "expert_used_count", "attention.sliding_window" -> keys.integer(name) == 0;
            case "rope.scale_linear", "logit_scale" -> keys.real(name, 0) == 1;
            default -> false;
        };
    }
}
