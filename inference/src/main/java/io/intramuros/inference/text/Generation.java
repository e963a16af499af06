// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.engine.CancelledException;
import io.intramuros.inference.engine.Decoder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a model: from the ids of a prompt to a text. Runs once, on the caller's thread; {@link #cancel} may come
 * from any other.
 */
public final class Generation {
    private final Decoder decoder;
    private final TextTokenizer tokenizer;
    private final GenerationRequest request;
    private final StopMatcher stops;
    private final StreamDecoder characters = new StreamDecoder();
    private final Object lock = new Object();
    private Decoder.@Nullable Sequence running;
    private boolean cancelled;

    public Generation(Decoder decoder, TextTokenizer tokenizer, GenerationRequest request) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.request = request;
        this.stops = new StopMatcher(request.stops());
    }

    /** Ends the run soon, also in the middle of a long prompt; without effect after its end. */
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            if (running != null) {
                running.cancel();
            }
        }
    }

    /** Runs to the end and tells the listener each piece of text on the way. */
    public Outcome run(GenerationListener listener) throws IOException, InterruptedException {
        try (Decoder.Sequence sequence = decoder.open()) {
            if (!begin(sequence)) {
                return outcome(Outcome.Reason.CANCELLED, 0);
            }
            return loop(sequence, listener);
        } finally {
            synchronized (lock) {
                running = null;
            }
        }
    }

    private Outcome loop(Decoder.Sequence sequence, GenerationListener listener)
            throws IOException, InterruptedException {
        var sampler = new Sampler(request.sampling());
        int most = Math.min(
                request.maxTokens(), decoder.context() - request.prompt().size());
        int[] next = request.prompt().stream().mapToInt(Integer::intValue).toArray();
        for (int made = 1; ; made++) {
            float[] logits = append(sequence, next);
            if (logits == null) {
                return outcome(Outcome.Reason.CANCELLED, made - 1);
            }
            int token = sampler.next(logits);
            if (made == 1) {
                listener.firstToken();
            }
            boolean end = tokenizer.vocabulary().ends().contains(token) && !request.ignoreEnd();
            tell(listener, characters.push(stops.push(tokenizer.bytes(token))));
            if (end || stops.stopped() || made >= most) {
                tell(listener, characters.push(stops.finish()) + characters.finish());
                return outcome(end || stops.stopped() ? Outcome.Reason.STOP : Outcome.Reason.LENGTH, made);
            }
            next = new int[] {token};
        }
    }

    /** The scores after these tokens, or null where the run was cancelled. */
    private float @Nullable [] append(Decoder.Sequence sequence, int[] tokens) {
        try {
            return cancelled() ? null : sequence.append(tokens);
        } catch (CancelledException e) {
            if (cancelled()) {
                return null;
            }
            throw e;
        }
    }

    private boolean begin(Decoder.Sequence sequence) {
        synchronized (lock) {
            running = sequence;
            return !cancelled;
        }
    }

    private boolean cancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    private Outcome outcome(Outcome.Reason reason, int made) {
        return new Outcome(reason, request.prompt().size(), made);
    }

    private static void tell(GenerationListener listener, String piece) throws IOException, InterruptedException {
        if (!piece.isEmpty()) {
            listener.text(piece);
        }
    }
}
