// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.ModelFile;

/**
 * The numbers in which models of one family differ, beside their shape.
 *
 * @param family what it is
 * @param neighbours whether the rotation turns neighbours, and not halves
 * @param rotated how many of a head's dimensions are rotated
 * @param embeddingScale what the embedding is multiplied with
 * @param residualScale what each branch is multiplied with before it is added
 * @param attentionScale what scores are multiplied with
 * @param logitScale what logits are multiplied with
 * @param attentionCap what scores are softly bounded by; 0 for not
 * @param logitCap what logits are softly bounded by; 0 for not
 * @param window how many tokens a local layer sees, itself included; 0 where no layer is local
 * @param period of how many layers one sees everything; 1 where all are local
 * @param localRopeBase base of the rotation in local layers
 * @param normOffset what is added to the weights of norms
 */
record Traits(
        Family family,
        boolean neighbours,
        int rotated,
        float embeddingScale,
        float residualScale,
        float attentionScale,
        float logitScale,
        float attentionCap,
        float logitCap,
        int window,
        int period,
        double localRopeBase,
        float normOffset) {
    private static final int SMOLLM3_PERIOD = 4;
    /* What ONNX Runtime's attention can rotate. */
    private static final int ROTATED_STEP = 16;
    /* Gemma's largest models scale by the width per head instead of the head's size. */
    private static final int GEMMA2_27B_LAYERS = 46;
    private static final int GEMMA3_27B_LAYERS = 62;

    static Traits of(ModelFile file, Family family, DecoderSpec spec) throws GgufException {
        Keys keys = Keys.of(file.metadata());
        boolean huggingFace = file.layout() == ModelFile.Layout.HUGGING_FACE;
        int rotated = keys.integer("rope.dimension_count", spec.headSize());
        boolean part = family == Family.PHI3 && rotated <= spec.headSize();
        if ((rotated != spec.headSize() && !part) || rotated % ROTATED_STEP != 0) {
            throw new GgufException(keys.prefix() + "rope.dimension_count: " + rotated + " (expected: "
                    + spec.headSize() + ", the size of a head, and a multiple of " + ROTATED_STEP + ")");
        }
        return new Traits(
                family,
                family.rotatesNeighbours() && !huggingFace,
                rotated,
                family.isGemma() ? (float) Math.sqrt(spec.hidden()) : (float) keys.real("embedding_scale", 1),
                (float) keys.real("residual_scale", 1),
                attentionScale(keys, family, spec),
                (float) (1 / keys.real("logit_scale", 1)),
                (float) keys.real("attn_logit_softcapping", family == Family.GEMMA2 ? 50 : 0),
                (float) keys.real("final_logit_softcapping", family == Family.GEMMA2 ? 30 : 0),
                keys.integer("attention.sliding_window", family == Family.GEMMA2 ? 4096 : 0),
                period(keys, family),
                keys.real("rope.freq_base_swa", family == Family.GEMMA3 ? 10_000 : spec.ropeBase()),
                family.isGemma() && huggingFace ? 1 : 0);
    }

    /** Whether a layer sees only a window. */
    boolean isLocal(int layer) {
        return window > 0 && (period == 1 || layer % period < period - 1);
    }

    /** Whether a layer's queries and keys are rotated. */
    boolean rotates(int layer) {
        return family != Family.SMOLLM3 || (layer + 1) % SMOLLM3_PERIOD != 0;
    }

    private static float attentionScale(Keys keys, Family family, DecoderSpec spec) throws GgufException {
        boolean widest = (family == Family.GEMMA2 && spec.layers() == GEMMA2_27B_LAYERS)
                || (family == Family.GEMMA3 && spec.layers() == GEMMA3_27B_LAYERS);
        double perHead = widest ? (double) spec.hidden() / spec.heads() : spec.headSize();
        return (float) keys.real("attention.scale", 1 / Math.sqrt(perHead));
    }

    private static int period(Keys keys, Family family) throws GgufException {
        return switch (family) {
            case GEMMA2 -> 2;
            case GEMMA3 -> keys.integer("attention.sliding_window_pattern", 6);
            default -> 1;
        };
    }
}
