// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.encode;

import io.intramuros.inference.ort.ElementType;
import io.intramuros.inference.ort.OrtBinding;
import io.intramuros.inference.ort.OrtRun;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.ort.OrtSession;
import io.intramuros.inference.ort.OrtTensor;
import io.intramuros.inference.ort.SessionSettings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** The network of a BERT-like encoder and the memory that it reads and writes. */
final class EncoderSession implements AutoCloseable {
    private static final int CACHE_LINE = 64;
    private static final List<String> INPUTS = List.of("input_ids", "attention_mask", "token_type_ids");
    private static final String OUTPUT = "last_hidden_state";

    private final OrtRuntime runtime;
    private final OrtSession session;
    private final OrtRun run;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment ids;
    private final MemorySegment ones;
    private final MemorySegment zeros;
    private final MemorySegment states;
    private final int dimensions;
    private boolean closed;

    EncoderSession(OrtRuntime runtime, byte[] model, int threads, int mostTokens, int dimensions) {
        this.runtime = runtime;
        this.dimensions = dimensions;
        this.session = runtime.load(model, SessionSettings.threads(threads));
        if (!session.outputs().contains(OUTPUT) || !session.inputs().containsAll(INPUTS)) {
            session.close();
            throw new IllegalArgumentException(
                    "encoder: other inputs or outputs (expected: " + INPUTS + " and " + OUTPUT + ")");
        }
        this.run = runtime.run();
        this.ids = arena.allocate((long) mostTokens * Long.BYTES, CACHE_LINE);
        this.ones = arena.allocate((long) mostTokens * Long.BYTES, CACHE_LINE);
        this.zeros = arena.allocate((long) mostTokens * Long.BYTES, CACHE_LINE);
        this.states = arena.allocate((long) mostTokens * dimensions * Float.BYTES, CACHE_LINE);
        for (int i = 0; i < mostTokens; i++) {
            ones.setAtIndex(ValueLayout.JAVA_LONG, i, 1);
        }
    }

    /** The mean of the last layer's states, of length 1. */
    synchronized float[] embed(long[] tokens) {
        if (closed) {
            throw new IllegalStateException("the encoder is closed");
        }
        MemorySegment.copy(tokens, 0, ids, ValueLayout.JAVA_LONG, 0, tokens.length);
        try (OrtBinding binding = session.bind();
                OrtTensor idTensor = runtime.tensor(ElementType.INT64, ids, 1, tokens.length);
                OrtTensor mask = runtime.tensor(ElementType.INT64, ones, 1, tokens.length);
                OrtTensor types = runtime.tensor(ElementType.INT64, zeros, 1, tokens.length);
                OrtTensor out = runtime.tensor(ElementType.FLOAT, states, 1, tokens.length, dimensions)) {
            binding.input("input_ids", idTensor);
            binding.input("attention_mask", mask);
            binding.input("token_type_ids", types);
            binding.output(OUTPUT, out);
            session.run(run, binding);
        }
        return unit(sums(tokens.length));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            run.close();
            session.close();
            arena.close();
        }
    }

    private double[] sums(int tokens) {
        double[] sums = new double[dimensions];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < dimensions; i++) {
                sums[i] += states.getAtIndex(ValueLayout.JAVA_FLOAT, (long) token * dimensions + i);
            }
        }
        return sums;
    }

    /** The direction of the sum is that of the mean. */
    private static float[] unit(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        double length = Math.max(Math.sqrt(squares), 1e-12);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }
}
