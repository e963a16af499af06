// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufTensor;
import java.util.List;
import java.util.Optional;

/** The tables of cosines and sines that queries and keys are rotated by: one pair, or two where local layers differ. */
final class Rotation {
    private final DecoderSpec spec;
    private final Traits traits;
    private final TensorSource source;
    private final Weights weights;

    Rotation(DecoderSpec spec, Traits traits, TensorSource source, Weights weights) {
        this.spec = spec;
        this.traits = traits;
        this.source = source;
        this.weights = weights;
    }

    /** The names of a layer's two tables. */
    List<String> tables(int layer) {
        String suffix = isApart() && traits.isLocal(layer) ? "_local" : "_cache";
        return List.of("cos" + suffix, "sin" + suffix);
    }

    /** Adds the tables. */
    void build() throws GgufException {
        int half = traits.rotated() / 2;
        float[] divisors = divisors(half);
        double stretch = magnitude();
        double[] frequencies = new double[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = Math.pow(spec.ropeBase(), -2.0 * i / traits.rotated()) / spec.ropeScale() / divisors[i];
        }
        add("_cache", frequencies, stretch);
        if (isApart()) {
            double[] local = new double[half];
            for (int i = 0; i < half; i++) {
                local[i] = Math.pow(traits.localRopeBase(), -2.0 * i / traits.rotated());
            }
            add("_local", local, 1);
        }
    }

    /** Whether local layers rotate in another way. */
    private boolean isApart() {
        return traits.family() == Family.GEMMA3 && traits.window() > 0;
    }

    private void add(String suffix, double[] frequencies, double stretch) {
        List<Long> shape = List.of((long) spec.context(), (long) frequencies.length);
        weights.computed(
                "cos" + suffix, shape, (position, i) -> (float) (stretch * Math.cos(position * frequencies[i])));
        weights.computed(
                "sin" + suffix, shape, (position, i) -> (float) (stretch * Math.sin(position * frequencies[i])));
    }

    /** What the angle of each pair is divided by: Llama 3's factors, or Phi 3's for the served context. */
    private float[] divisors(int half) throws GgufException {
        Optional<GgufTensor> factors = source.find("rope_freqs.weight", half);
        Optional<GgufTensor> brief = source.find("rope_factors_short.weight", half);
        Optional<GgufTensor> extended = source.find("rope_factors_long.weight", half);
        boolean beyond = spec.context() > originalContext();
        Optional<GgufTensor> wanted = factors.or(() -> beyond ? extended : brief);
        if (wanted.isPresent()) {
            return weights.read(wanted.get());
        }
        float[] ones = new float[half];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private int originalContext() throws GgufException {
        return Keys.of(source.file().metadata()).integer("rope.scaling.original_context_length", Integer.MAX_VALUE);
    }

    /** What the rotation stretches vectors by, where the file says so. */
    private double magnitude() throws GgufException {
        return Keys.of(source.file().metadata()).real("rope.scaling.attn_factor", 1);
    }
}
