// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import io.intramuros.inference.graph.DecoderSpec;
import io.intramuros.inference.ort.ElementType;
import io.intramuros.inference.ort.OrtBinding;
import io.intramuros.inference.ort.OrtException;
import io.intramuros.inference.ort.OrtRun;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.ort.OrtSession;
import io.intramuros.inference.ort.OrtTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One sequence on ONNX Runtime. All that a step reads and writes is bound once and stays at its place, so a step of one
 * token allocates nothing.
 */
final class OrtSequence implements Decoder.Sequence {
    private static final int CACHE_LINE = 64;

    /** What all sequences of a decoder share. */
    record Model(OrtRuntime runtime, OrtSession session, DecoderSpec spec, int context, int chunk) {}

    private final Model model;
    private final Runnable ended;
    private final ReentrantLock running = new ReentrantLock();
    private final Arena arena;
    private final MemorySegment ids;
    private final MemorySegment lengths;
    private final MemorySegment total;
    private final MemorySegment position;
    private final MemorySegment logits;
    private final OrtTensor oneToken;
    private final OrtRun run;
    private final float[] answer;
    private OrtBinding binding;
    private KvMemory memory;
    private int bound;
    private volatile int length;
    private boolean closed;
    private volatile boolean cancelled;

    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    OrtSequence(Model model, Runnable ended) {
        this.model = model;
        this.ended = ended;
        // The large one first: where there is no room for it, nothing else has to be given back.
        this.memory = KvMemory.forTokens(1, model.spec, model.runtime, model.context);
        this.arena = Arena.ofShared();
        this.ids = arena.allocate((long) model.chunk * Long.BYTES, CACHE_LINE);
        this.lengths = arena.allocate(Integer.BYTES, CACHE_LINE);
        this.total = arena.allocate(Integer.BYTES, CACHE_LINE);
        this.position = arena.allocate(Long.BYTES, CACHE_LINE);
        this.logits = arena.allocate((long) model.spec.vocabulary() * Float.BYTES, CACHE_LINE);
        this.answer = new float[model.spec.vocabulary()];
        this.run = model.runtime.run();
        this.oneToken = model.runtime.tensor(ElementType.INT64, ids, 1, 1);
        this.binding = bind(memory);
    }

    @Override
    public float[] append(int[] tokens) {
        running.lock();
        try {
            check(tokens);
            reserve(length + tokens.length);
            for (int from = 0; from < tokens.length; from += model.chunk) {
                step(tokens, from, Math.min(model.chunk, tokens.length - from));
            }
            MemorySegment.copy(logits, ValueLayout.JAVA_FLOAT, 0, answer, 0, answer.length);
            return answer;
        } finally {
            running.unlock();
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void cancel() {
        cancelled = true;
        run.terminate();
    }

    @Override
    public void close() {
        running.lock();
        try {
            if (!closed) {
                closed = true;
                binding.close();
                memory.close();
                oneToken.close();
                run.close();
                arena.close();
                ended.run();
            }
        } finally {
            running.unlock();
        }
    }

    private void check(int[] tokens) {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
        if (cancelled) {
            throw new CancelledException();
        }
        if (tokens.length == 0) {
            throw new IllegalArgumentException("tokens: none (expected: at least one)");
        }
        if (tokens.length > model.context - length) {
            throw new ContextFullException(length + tokens.length, model.context);
        }
        for (int token : tokens) {
            if (token < 0 || token >= answer.length) {
                throw new IllegalArgumentException("token: " + token + " (expected: 0 to " + (answer.length - 1) + ")");
            }
        }
    }

    /** Makes room for so many tokens in all. */
    private void reserve(int tokens) {
        if (tokens <= memory.capacity()) {
            return;
        }
        KvMemory larger = KvMemory.forTokens(tokens, model.spec, model.runtime, model.context);
        larger.copyFrom(memory, length);
        OrtBinding next = bind(larger);
        binding.close();
        memory.close();
        binding = next;
        memory = larger;
    }

    private void step(int[] tokens, int from, int count) {
        for (int i = 0; i < count; i++) {
            ids.setAtIndex(ValueLayout.JAVA_LONG, i, tokens[from + i]);
        }
        int after = length + count;
        lengths.set(ValueLayout.JAVA_INT, 0, after - 1);
        total.set(ValueLayout.JAVA_INT, 0, after);
        position.set(ValueLayout.JAVA_LONG, 0, count - 1L);
        bindTokens(count);
        try {
            model.session.run(run, binding);
        } catch (OrtException e) {
            if (cancelled) {
                throw new CancelledException();
            }
            throw e;
        }
        length = after;
    }

    private void bindTokens(int count) {
        if (count == bound) {
            return;
        }
        if (count == 1) {
            binding.input("input_ids", oneToken);
        } else {
            try (OrtTensor many = model.runtime.tensor(ElementType.INT64, ids, 1, count)) {
                binding.input("input_ids", many);
            }
        }
        bound = count;
    }

    private OrtBinding bind(KvMemory keysAndValues) {
        OrtBinding next = model.session.bind();
        try (OrtTensor lengthsTensor = model.runtime.tensor(ElementType.INT32, lengths, 1);
                OrtTensor totalTensor = model.runtime.tensor(ElementType.INT32, total);
                OrtTensor positionTensor = model.runtime.tensor(ElementType.INT64, position, 1);
                OrtTensor logitsTensor = model.runtime.tensor(ElementType.FLOAT, logits, 1, model.spec.vocabulary())) {
            next.input("input_ids", oneToken);
            next.input("seqlens_k", lengthsTensor);
            next.input("total_sequence_length", totalTensor);
            next.input("logits_positions", positionTensor);
            next.output("logits", logitsTensor);
        }
        keysAndValues.bindTo(next);
        bound = 1;
        return next;
    }
}
