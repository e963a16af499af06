// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import io.intramuros.inference.graph.DecoderSpec;
import io.intramuros.inference.ort.ElementType;
import io.intramuros.inference.ort.OrtBinding;
import io.intramuros.inference.ort.OrtRun;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.ort.OrtSession;
import io.intramuros.inference.ort.OrtTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a model over rows of keys and values: pieces of a prompt on one row, or one token on each of the first
 * rows. What a step of tokens reads and writes is bound once, so that it allocates nothing. For one thread.
 */
final class BatchRuns implements AutoCloseable {
    private static final int CACHE_LINE = 64;

    /**
     * What is run.
     *
     * @param steps the model that takes a token for each row
     * @param prompts the model that reads prompts; may be the same
     * @param chunk most tokens of a prompt at once
     * @param rows most rows
     */
    record Models(
            OrtRuntime runtime,
            OrtSession steps,
            OrtSession prompts,
            DecoderSpec spec,
            int context,
            int chunk,
            int rows) {}

    private final Models models;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment ids;
    private final MemorySegment lengths;
    private final MemorySegment total;
    private final MemorySegment positions;
    private final MemorySegment logits;
    private final OrtRun stepRun;
    private final OrtRun promptRun;
    private final Map<Integer, OrtBinding> promptBindings = new HashMap<>();
    private final @Nullable OrtBinding[] stepBindings;
    private KvMemory memory;

    BatchRuns(Models models) {
        this.models = models;
        // The large one first: where there is no room for it, nothing else has to be given back.
        this.memory = new KvMemory(models.spec, models.runtime, 1, KvMemory.bucket(1, models.context));
        long most = Math.max(models.chunk, models.rows);
        this.ids = arena.allocate(most * Long.BYTES, CACHE_LINE);
        this.lengths = arena.allocate((long) models.rows * Integer.BYTES, CACHE_LINE);
        this.total = arena.allocate(Integer.BYTES, CACHE_LINE);
        this.positions = arena.allocate((long) models.rows * Long.BYTES, CACHE_LINE);
        this.logits = arena.allocate((long) models.rows * models.spec.vocabulary() * Float.BYTES, CACHE_LINE);
        this.stepRun = models.runtime.run();
        this.promptRun = models.runtime.run();
        this.stepBindings = new OrtBinding[models.rows + 1];
    }

    int rows() {
        return memory.rows();
    }

    int capacity() {
        return memory.capacity();
    }

    /**
     * Moves to a memory of another size.
     *
     * @param from the row of the old memory that each row of the new one takes over, or -1
     * @param tokens how many tokens of it
     */
    void resize(int rows, int capacity, int[] from, int[] tokens) {
        KvMemory next = new KvMemory(models.spec, models.runtime, rows, capacity);
        for (int row = 0; row < rows; row++) {
            if (from[row] >= 0) {
                next.copyRow(memory, from[row], row, tokens[row]);
            }
        }
        unbind();
        memory.close();
        memory = next;
    }

    /** Gives a row the first tokens of another. */
    void copyRow(int from, int to, int tokens) {
        memory.copyRow(memory, from, to, tokens);
    }

    /** Runs the next tokens of a sequence on its row, which holds {@code past} of them; the last token's logits are those of row 0. */
    void prompt(int row, int[] tokens, int past, int count) {
        for (int i = 0; i < count; i++) {
            ids.setAtIndex(ValueLayout.JAVA_LONG, i, tokens[past + i]);
        }
        lengths.set(ValueLayout.JAVA_INT, 0, past + count - 1);
        total.set(ValueLayout.JAVA_INT, 0, past + count);
        positions.set(ValueLayout.JAVA_LONG, 0, count - 1L);
        OrtBinding binding = promptBindings.computeIfAbsent(row, _ -> bind(models.prompts, row, 1));
        try (OrtTensor input = models.runtime.tensor(ElementType.INT64, ids, 1, count)) {
            binding.input("input_ids", input);
        }
        models.prompts.run(promptRun, binding);
    }

    /** Ends the run of a prompt, and every later one, with an exception; from any thread. */
    void terminate() {
        promptRun.terminate();
    }

    /** Lets prompts run again. */
    void rearm() {
        promptRun.reset();
    }

    /** Says what a row takes in the next step: its token, and how many tokens it holds before. */
    void stage(int row, int token, int past) {
        ids.setAtIndex(ValueLayout.JAVA_LONG, row, token);
        lengths.setAtIndex(ValueLayout.JAVA_INT, row, past);
        positions.setAtIndex(ValueLayout.JAVA_LONG, row, row);
    }

    /** Runs one token on each of the first rows, as they were staged; {@code longest} is what the longest holds then. */
    void step(int rows, int longest) {
        total.set(ValueLayout.JAVA_INT, 0, longest);
        OrtBinding binding = stepBindings[rows];
        if (binding == null) {
            binding = bind(models.steps, 0, rows);
            try (OrtTensor input = models.runtime.tensor(ElementType.INT64, ids, rows, 1)) {
                binding.input("input_ids", input);
            }
            stepBindings[rows] = binding;
        }
        models.steps.run(stepRun, binding);
    }

    /** Copies the logits of a row of the last run. */
    void logits(int row, float[] to) {
        long at = (long) row * to.length * Float.BYTES;
        MemorySegment.copy(logits, ValueLayout.JAVA_FLOAT, at, to, 0, to.length);
    }

    @Override
    public void close() {
        unbind();
        memory.close();
        stepRun.close();
        promptRun.close();
        arena.close();
    }

    private void unbind() {
        promptBindings.values().forEach(OrtBinding::close);
        promptBindings.clear();
        for (int i = 0; i < stepBindings.length; i++) {
            OrtBinding binding = stepBindings[i];
            if (binding != null) {
                binding.close();
                stepBindings[i] = null;
            }
        }
    }

    private OrtBinding bind(OrtSession session, int first, int count) {
        OrtRuntime runtime = models.runtime;
        OrtBinding next = session.bind();
        try (OrtTensor lengthsTensor = runtime.tensor(ElementType.INT32, lengths, count);
                OrtTensor totalTensor = runtime.tensor(ElementType.INT32, total);
                OrtTensor positionsTensor = runtime.tensor(ElementType.INT64, positions, count);
                OrtTensor logitsTensor =
                        runtime.tensor(ElementType.FLOAT, logits, 1, count, models.spec.vocabulary())) {
            next.input("seqlens_k", lengthsTensor);
            next.input("total_sequence_length", totalTensor);
            next.input("logits_positions", positionsTensor);
            next.output("logits", logitsTensor);
        }
        memory.bindTo(next, first, count);
        return next;
    }
}
