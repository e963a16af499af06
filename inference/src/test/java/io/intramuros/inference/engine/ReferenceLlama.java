// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static io.intramuros.inference.engine.TinyLlama.FEED_FORWARD;
import static io.intramuros.inference.engine.TinyLlama.HEADS;
import static io.intramuros.inference.engine.TinyLlama.HEAD_SIZE;
import static io.intramuros.inference.engine.TinyLlama.HIDDEN;
import static io.intramuros.inference.engine.TinyLlama.KV_HEADS;
import static io.intramuros.inference.engine.TinyLlama.LAYERS;
import static io.intramuros.inference.engine.TinyLlama.VOCABULARY;

import java.util.Arrays;

/** The forward pass of a Llama in 64-bit floats, one token after the other, as the papers write it. */
final class ReferenceLlama {
    private final TinyLlama model;
    private final double[][][] keys = new double[LAYERS][][];
    private final double[][][] values = new double[LAYERS][][];
    private int length;

    ReferenceLlama(TinyLlama model) {
        this.model = model;
        for (int i = 0; i < LAYERS; i++) {
            keys[i] = new double[0][];
            values[i] = new double[0][];
        }
    }

    /** Logits after one more token. */
    double[] append(int token) {
        double[] x = Arrays.copyOfRange(model.weights("token_embd.weight"), token * HIDDEN, (token + 1) * HIDDEN);
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + ".";
            x = add(x, attention(layer, norm(x, block + "attn_norm.weight")));
            x = add(x, feedForward(block, norm(x, block + "ffn_norm.weight")));
        }
        length++;
        return product("output.weight", norm(x, "output_norm.weight"), VOCABULARY);
    }

    private double[] attention(int layer, double[] x) {
        String block = "blk." + layer + ".";
        double[] q = rotate(product(block + "attn_q.weight", x, HEADS * HEAD_SIZE));
        keys[layer] = with(keys[layer], rotate(product(block + "attn_k.weight", x, KV_HEADS * HEAD_SIZE)));
        values[layer] = with(values[layer], product(block + "attn_v.weight", x, KV_HEADS * HEAD_SIZE));
        double[] out = new double[HEADS * HEAD_SIZE];
        for (int head = 0; head < HEADS; head++) {
            int kv = head / (HEADS / KV_HEADS) * HEAD_SIZE;
            double[] scores = new double[keys[layer].length];
            for (int t = 0; t < scores.length; t++) {
                for (int i = 0; i < HEAD_SIZE; i++) {
                    scores[t] += q[head * HEAD_SIZE + i] * keys[layer][t][kv + i] / Math.sqrt(HEAD_SIZE);
                }
            }
            double most = Arrays.stream(scores).max().orElseThrow();
            double sum = Arrays.stream(scores).map(s -> Math.exp(s - most)).sum();
            for (int t = 0; t < scores.length; t++) {
                for (int i = 0; i < HEAD_SIZE; i++) {
                    out[head * HEAD_SIZE + i] += Math.exp(scores[t] - most) / sum * values[layer][t][kv + i];
                }
            }
        }
        return product(block + "attn_output.weight", out, HIDDEN);
    }

    private double[] feedForward(String block, double[] x) {
        double[] gate = product(block + "ffn_gate.weight", x, FEED_FORWARD);
        double[] up = product(block + "ffn_up.weight", x, FEED_FORWARD);
        for (int i = 0; i < FEED_FORWARD; i++) {
            up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
        }
        return product(block + "ffn_down.weight", up, HIDDEN);
    }

    /** Rotates neighbours, as the rows of "llama" files are permuted for. */
    private double[] rotate(double[] x) {
        double[] out = x.clone();
        for (int i = 0; i < x.length; i += 2) {
            double angle = length
                    * Math.pow(10_000, -(double) (i % HEAD_SIZE) / HEAD_SIZE)
                    / model.ropeDivisor(i % HEAD_SIZE / 2);
            out[i] = x[i] * Math.cos(angle) - x[i + 1] * Math.sin(angle);
            out[i + 1] = x[i] * Math.sin(angle) + x[i + 1] * Math.cos(angle);
        }
        return out;
    }

    private double[] norm(double[] x, String name) {
        double mean = Arrays.stream(x).map(v -> v * v).sum() / x.length;
        double[] weights = model.weights(name);
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] / Math.sqrt(mean + 1e-5f) * weights[i];
        }
        return out;
    }

    private double[] product(String name, double[] x, int rows) {
        double[] weights = model.weights(name);
        double[] out = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < x.length; i++) {
                out[row] += weights[row * x.length + i] * x[i];
            }
        }
        return out;
    }

    private static double[] add(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    private static double[][] with(double[][] rows, double[] row) {
        double[][] more = Arrays.copyOf(rows, rows.length + 1);
        more[rows.length] = row;
        return more;
    }
}
