// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Chooses token after token of one generation, by its settings and its own random numbers. For one thread. */
final class Sampler {
    private final Sampling settings;
    private final SplittableRandom random;
    private final Map<Integer, Integer> generated = new HashMap<>();
    private final BitSet seen = new BitSet();

    /** A sampler for an answer to a prompt of which no token is penalised. */
    Sampler(Sampling settings) {
        this(settings, List.of());
    }

    /** A sampler for an answer to a prompt. */
    Sampler(Sampling settings, List<Integer> prompt) {
        this.settings = settings;
        this.random = settings.seed().isPresent()
                ? new SplittableRandom(settings.seed().getAsLong())
                : new SplittableRandom();
        if (settings.penalties().repetition() != 1) {
            prompt.forEach(seen::set);
        }
    }

    /**
     * The next token.
     *
     * @param logits one score per token of the vocabulary; not changed
     */
    int next(float[] logits) {
        return next(logits, null);
    }

    /** The next token, one of those that are allowed. */
    int next(float[] logits, @Nullable BitSet allowed) {
        float[] scores = adjusted(logits, allowed);
        int best = likeliest(scores);
        int token = settings.temperature() == 0 ? best : draw(scores, best);
        generated.merge(token, 1, Integer::sum);
        seen.set(token);
        return token;
    }

    /**
     * How likely a token was by the model alone, at temperature 1, and which were the likeliest.
     *
     * @param top how many of them
     */
    static ScoredToken score(float[] logits, int token, int top) {
        float best = logits[likeliest(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - best);
        }
        double whole = best + Math.log(sum);
        Candidates candidates =
                Candidates.ranked(logits, Float.NEGATIVE_INFINITY, 1).limit(top);
        List<ScoredToken.Candidate> likeliest = new ArrayList<>();
        for (int i = 0; i < candidates.count(); i++) {
            int id = candidates.id(i);
            likeliest.add(new ScoredToken.Candidate(id, logits[id] - whole));
        }
        return new ScoredToken(new ScoredToken.Candidate(token, logits[token] - whole), likeliest);
    }

    private float[] adjusted(float[] logits, @Nullable BitSet allowed) {
        Sampling.Penalties penalties = settings.penalties();
        boolean counts = penalties.presence() != 0 || penalties.frequency() != 0;
        if (!counts && penalties.repetition() == 1 && settings.bias().isEmpty() && allowed == null) {
            return logits;
        }
        float[] scores = logits.clone();
        if (penalties.repetition() != 1) {
            seen.stream().filter(id -> id < scores.length).forEach(id -> scores[id] = repeated(scores[id]));
        }
        generated.forEach((id, times) -> scores[id] -= (float) (penalties.presence() + times * penalties.frequency()));
        settings.bias().forEach((id, bias) -> {
            if (id < scores.length) {
                scores[id] += bias.floatValue();
            }
        });
        if (allowed != null) {
            for (int id = allowed.nextClearBit(0); id < scores.length; id = allowed.nextClearBit(id + 1)) {
                scores[id] = Float.NEGATIVE_INFINITY;
            }
        }
        return scores;
    }

    private float repeated(float score) {
        double penalty = settings.penalties().repetition();
        return (float) (score > 0 ? score / penalty : score * penalty);
    }

    private static int likeliest(float[] scores) {
        int best = 0;
        for (int id = 1; id < scores.length; id++) {
            best = scores[id] > scores[best] ? id : best;
        }
        if (!Float.isFinite(scores[best])) {
            throw new IllegalStateException("logits: best score " + scores[best] + " (expected: a finite number)");
        }
        return best;
    }

    private int draw(float[] scores, int best) {
        Candidates candidates = Candidates.ranked(scores, scores[best], settings.temperature())
                .limit(settings.topK() == 0 ? Integer.MAX_VALUE : settings.topK())
                .reaching(settings.topP())
                .atLeast(settings.minP())
                .typical(settings.typicalP());
        return candidates.pick(random.nextDouble());
    }
}
