// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.engine.CancelledException;
import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.grammar.TokenGuide;
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
    private int made;

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
        try (Decoder.Sequence sequence = decoder.open(new Decoder.Plan(request.tenant(), request.tokens()))) {
            hold(sequence);
            try {
                return loop(sequence, listener);
            } finally {
                // Before it is closed, so that nobody cancels what is no longer there.
                hold(null);
            }
        }
    }

    /** What a run came to that its listener broke off: cancelled, with the tokens made until then. */
    public Outcome brokenOff() {
        return outcome(Outcome.Reason.CANCELLED);
    }

    private Outcome loop(Decoder.Sequence sequence, GenerationListener listener)
            throws IOException, InterruptedException {
        var sampler = new Sampler(request.sampling(), request.prompt());
        TokenGuide guide = request.shape()
                .grammar()
                .map(grammar -> new TokenGuide(tokenizer.masks(request.shape().spelled()), grammar))
                .orElse(null);
        int most = Math.min(
                request.maxTokens(), decoder.context() - request.prompt().size());
        int[] next = request.prompt().stream().mapToInt(Integer::intValue).toArray();
        for (float[] logits = append(sequence, next); logits != null; logits = append(sequence, next)) {
            int token = sampler.next(logits, guide == null ? null : guide.allowed());
            if (++made == 1) {
                listener.firstToken();
            }
            boolean end = isEnd(token, guide);
            if (request.shape().logprobs().isPresent()
                    && !tokenizer.vocabulary().ends().contains(token)) {
                listener.scored(
                        Sampler.score(logits, token, request.shape().logprobs().getAsInt()));
            }
            tell(
                    listener,
                    characters.push(
                            stops.push(tokenizer.bytes(token, request.shape().spelled()))));
            if (end || stops.stopped() || made >= most) {
                tell(listener, characters.push(stops.finish()) + characters.finish());
                return outcome(end || stops.stopped() ? Outcome.Reason.STOP : Outcome.Reason.LENGTH);
            }
            next = new int[] {token};
        }
        return outcome(Outcome.Reason.CANCELLED);
    }

    /** Whether the token is the last: it ends the text, or makes whole what the grammar describes. */
    private boolean isEnd(int token, @Nullable TokenGuide guide) {
        boolean end = tokenizer.vocabulary().ends().contains(token);
        if (guide == null) {
            return end && !request.ignoreEnd();
        }
        guide.take(token);
        return end || guide.isOver();
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

    private void hold(Decoder.@Nullable Sequence sequence) {
        synchronized (lock) {
            running = sequence;
        }
    }

    private boolean cancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    private Outcome outcome(Outcome.Reason reason) {
        return new Outcome(reason, request.prompt().size(), made);
    }

    private static void tell(GenerationListener listener, String piece) throws IOException, InterruptedException {
        if (!piece.isEmpty()) {
            listener.text(piece);
        }
    }
}
