// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The forward pass of every family in 64-bit floats, one token after the other, as papers and model cards write it; it
 * shares no code with the builder.
 */
final class ReferenceDecoder {
    private final TinyModel model;
    private final String family;
    private final int headSize;
    private final List<List<double[]>> keys = new ArrayList<>();
    private final List<List<double[]>> values = new ArrayList<>();
    private int position;

    ReferenceDecoder(TinyModel model) {
        this.model = model;
        this.family = model.family;
        this.headSize = model.headSize;
        for (int i = 0; i < TinyModel.LAYERS; i++) {
            keys.add(new ArrayList<>());
            values.add(new ArrayList<>());
        }
    }

    /** Logits after one more token. */
    double[] append(int token) {
        int hidden = model.hidden;
        double[] x = Arrays.copyOfRange(model.weights("token_embd.weight"), token * hidden, (token + 1) * hidden);
        x = times(x, family.startsWith("gemma") ? Math.sqrt(hidden) : (family.equals("granite") ? 3 : 1));
        double residual = family.equals("granite") ? 0.5 : 1;
        for (int layer = 0; layer < TinyModel.LAYERS; layer++) {
            String block = "blk." + layer + ".";
            double[] attended = attention(layer, normIfThere(x, block + "attn_norm.weight"));
            x = add(x, times(normIfThere(attended, block + "post_attention_norm.weight"), residual));
            double[] fed = feedForward(block, normIfThere(x, block + "ffn_norm.weight"));
            x = add(x, times(normIfThere(fed, block + "post_ffw_norm.weight"), residual));
        }
        position++;
        double[] logits = product("output.weight", norm(x, model.weights("output_norm.weight")));
        if (family.equals("gemma2")) {
            return Arrays.stream(logits).map(v -> 3 * Math.tanh(v / 3)).toArray();
        }
        return times(logits, family.equals("granite") ? 1 / 4.0 : 1);
    }

    private double[] attention(int layer, double[] x) {
        String block = "blk." + layer + ".";
        int width = TinyModel.HEADS * headSize;
        int kvWidth = TinyModel.KV_HEADS * headSize;
        double[] q;
        double[] k;
        double[] v;
        if (family.equals("phi3")) {
            double[] all = product(block + "attn_qkv.weight", x);
            q = Arrays.copyOfRange(all, 0, width);
            k = Arrays.copyOfRange(all, width, width + kvWidth);
            v = Arrays.copyOfRange(all, width + kvWidth, all.length);
        } else {
            q = biased(block + "attn_q", x);
            k = biased(block + "attn_k", x);
            v = biased(block + "attn_v", x);
        }
        q = rotated(headNorm(q, block + "attn_q_norm.weight"), layer);
        keys.get(layer).add(rotated(headNorm(k, block + "attn_k_norm.weight"), layer));
        values.get(layer).add(v);
        return product(block + "attn_output.weight", mixed(layer, q));
    }

    private double[] mixed(int layer, double[] q) {
        double scale = family.equals("granite") ? 0.2 : 1 / Math.sqrt(headSize);
        double[] out = new double[q.length];
        int first = isLocal(layer) ? Math.max(0, position + 1 - window()) : 0;
        for (int head = 0; head < TinyModel.HEADS; head++) {
            int kv = head / (TinyModel.HEADS / TinyModel.KV_HEADS) * headSize;
            double[] scores = new double[position + 1];
            double sum = 0;
            for (int t = first; t <= position; t++) {
                double dot = 0;
                for (int i = 0; i < headSize; i++) {
                    dot += q[head * headSize + i] * keys.get(layer).get(t)[kv + i];
                }
                double score = dot * scale;
                scores[t] = Math.exp(family.equals("gemma2") ? 2 * Math.tanh(score / 2) : score);
                sum += scores[t];
            }
            for (int t = first; t <= position; t++) {
                for (int i = 0; i < headSize; i++) {
                    out[head * headSize + i] +=
                            scores[t] / sum * values.get(layer).get(t)[kv + i];
                }
            }
        }
        return out;
    }

    private int window() {
        return family.equals("phi3") ? 7 : 6;
    }

    private boolean isLocal(int layer) {
        return switch (family) {
            case "phi3" -> true;
            case "gemma2" -> layer % 2 == 0;
            case "gemma3" -> layer % 3 < 2;
            default -> false;
        };
    }

    private double[] feedForward(String block, double[] x) {
        int inner = model.feedForward;
        double[] gate;
        double[] up;
        if (family.equals("phi3")) {
            double[] both = product(block + "ffn_up.weight", x);
            gate = Arrays.copyOfRange(both, 0, inner);
            up = Arrays.copyOfRange(both, inner, 2 * inner);
        } else {
            gate = product(block + "ffn_gate.weight", x);
            up = product(block + "ffn_up.weight", x);
        }
        double[] gated = new double[inner];
        for (int i = 0; i < inner; i++) {
            gated[i] = up[i] * activation(gate[i]);
        }
        return product(block + "ffn_down.weight", gated);
    }

    private double activation(double x) {
        return family.startsWith("gemma")
                ? x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
                : x / (1 + Math.exp(-x));
    }

    /** Neighbours in files whose rows are permuted for it, halves in all others; SmolLM3 leaves every fourth layer. */
    private double[] rotated(double[] x, int layer) {
        if (family.equals("smollm3") && layer % 4 == 3) {
            return x;
        }
        boolean neighbours = List.of("llama", "granite", "smollm3").contains(family);
        int half = model.rotated / 2;
        double[] out = x.clone();
        for (int head = 0; head < x.length; head += headSize) {
            for (int i = 0; i < half; i++) {
                int a = head + (neighbours ? 2 * i : i);
                int b = neighbours ? a + 1 : a + half;
                double angle = position * frequency(i, layer);
                out[a] = x[a] * Math.cos(angle) - x[b] * Math.sin(angle);
                out[b] = x[a] * Math.sin(angle) + x[b] * Math.cos(angle);
            }
        }
        return out;
    }

    private double frequency(int pair, int layer) {
        boolean local = family.equals("gemma3") && isLocal(layer);
        double scale = family.equals("gemma3") && !local ? 8 : 1;
        Optional<double[]> factors =
                model.optional("rope_freqs.weight").or(() -> model.optional("rope_factors_long.weight"));
        double factor = factors.isPresent() ? factors.get()[pair] : 1;
        return Math.pow(local ? 500 : 10_000, -2.0 * pair / model.rotated) / scale / factor;
    }

    private double[] headNorm(double[] x, String name) {
        Optional<double[]> weights = model.optional(name);
        if (weights.isEmpty()) {
            return x;
        }
        if (weights.get().length == x.length) {
            return norm(x, weights.get());
        }
        double[] out = new double[x.length];
        for (int head = 0; head < x.length; head += headSize) {
            double[] normed = norm(Arrays.copyOfRange(x, head, head + headSize), weights.get());
            System.arraycopy(normed, 0, out, head, headSize);
        }
        return out;
    }

    private double[] normIfThere(double[] x, String name) {
        Optional<double[]> weights = model.optional(name);
        return weights.isPresent() ? norm(x, weights.get()) : x;
    }

    private static double[] norm(double[] x, double[] weights) {
        double mean = Arrays.stream(x).map(v -> v * v).sum() / x.length;
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] / Math.sqrt(mean + 1e-5f) * weights[i];
        }
        return out;
    }

    private double[] biased(String name, double[] x) {
        double[] out = product(name + ".weight", x);
        Optional<double[]> bias = model.optional(name + ".bias");
        return bias.isPresent() ? add(out, bias.get()) : out;
    }

    private double[] product(String name, double[] x) {
        double[] weights = model.weights(name);
        double[] out = new double[weights.length / x.length];
        for (int row = 0; row < out.length; row++) {
            for (int i = 0; i < x.length; i++) {
                out[row] += weights[row * x.length + i] * x[i];
            }
        }
        return out;
    }

    private static double[] times(double[] x, double factor) {
        return Arrays.stream(x).map(v -> v * factor).toArray();
    }

    private static double[] add(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }
}
