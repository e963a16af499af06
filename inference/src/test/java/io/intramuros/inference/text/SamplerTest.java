// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {
    private static final float[] LOGITS = {0, 2, -1, 1, 2};

    @Test
    void next_temperatureZero_isTheFirstOfTheLikeliest() {
        var sampler = new Sampler(Sampling.GREEDY);

        assertThat(sampler.next(LOGITS)).isEqualTo(1);
        assertThat(sampler.next(LOGITS)).isEqualTo(1);
    }

    @Test
    void next_sameSeed_givesTheSameTokens() {
        assertThat(draws(sampling(1, 1, 0, 7), 50)).isEqualTo(draws(sampling(1, 1, 0, 7), 50));
        assertThat(draws(sampling(1, 1, 0, 7), 50)).isNotEqualTo(draws(sampling(1, 1, 0, 8), 50));
    }

    @Test
    void next_temperatureOne_drawsInProportionToTheSoftmax() {
        int[] counts = counts(sampling(1, 1, 0, 3), 20_000);
        double sum = 0;
        for (float logit : LOGITS) {
            sum += Math.exp(logit);
        }

        for (int id = 0; id < LOGITS.length; id++) {
            assertThat(counts[id] / 20_000.0).as("id %d", id).isCloseTo(Math.exp(LOGITS[id]) / sum, within(0.015));
        }
    }

    @Test
    void next_lowTemperature_sharpens() {
        int[] counts = counts(sampling(0.1, 1, 0, 3), 2_000);

        assertThat(counts[0] + counts[2] + counts[3]).isLessThan(5);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0, 1", "0.5, 0, 2", "0.9, 0, 3", "1, 1, 1", "1, 2, 2", "1, 4, 4"})
    void next_topPOrTopK_drawsOnlyFromTheLikeliest(double topP, int topK, int distinct) {
        int[] counts = counts(sampling(1, topP, topK, 5), 5_000);

        assertThat(IntStream.of(counts).filter(count -> count > 0).count()).isEqualTo(distinct);
    }

    @Test
    void next_frequencyPenalty_movesOnToOtherTokens() {
        var sampler = new Sampler(new Sampling(0, 1, 0, 0, 1.5, OptionalLong.empty()));

        assertThat(IntStream.range(0, 4).map(i -> sampler.next(LOGITS)).toArray())
                .containsExactly(1, 4, 3, 1);
    }

    @Test
    void next_presencePenalty_countsOnce() {
        var sampler = new Sampler(new Sampling(0, 1, 0, 0.5, 0, OptionalLong.empty()));

        assertThat(IntStream.range(0, 4).map(i -> sampler.next(LOGITS)).toArray())
                .containsExactly(1, 4, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "0.04, 5", "0.06, 4", "0.2, 3", "0.5, 2", "1, 2"})
    void next_minP_drawsOnlyFromThoseNearTheLikeliest(double minP, int distinct) {
        assertThat(distinct(with(minP, 1, 1, Map.of()))).isEqualTo(distinct);
    }

    @Test
    void next_typicalP_leavesOutTheLikeliestWhereTheyAreNoSurprise() {
        // One token of half the weight, eight of a sixteenth each: the expected surprise is 2 ln 2 + ln 2 / 2.
        float[] logits = new float[9];
        logits[0] = (float) Math.log(8);
        var sampler = new Sampler(with(0, 0.4, 1, Map.of()));
        Set<Integer> drawn = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            drawn.add(sampler.next(logits));
        }
        // |ln 2 - 2.5 ln 2| = 1.5 ln 2 = |4 ln 2 - 2.5 ln 2|: equally far, so the first in rank is kept first.
        assertThat(drawn).containsExactly(0);
        logits[0] = (float) Math.log(24);
        // Three quarters against a thirty-second each: the likeliest is nearer.
        assertThat(new Sampler(with(0, 0.5, 1, Map.of())).next(logits)).isZero();
        logits[0] = (float) Math.log(2);
        // A fifth against a tenth each: now the others are.
        for (int i = 0; i < 50; i++) {
            assertThat(new Sampler(with(0, 0.3, 1, Map.of())).next(logits)).isPositive();
        }
    }

    @Test
    void next_repetitionPenalty_countsThePromptAndTheAnswer() {
        var sampler = new Sampler(greedy(4, Map.of()), List.of(1, 7, 900));

        // 2/4 for the token of the prompt, then 2/4 for the one generated, so that 1 is the best, then 1/4.
        assertThat(sampler.next(LOGITS)).isEqualTo(4);
        assertThat(sampler.next(LOGITS)).isEqualTo(3);
        assertThat(sampler.next(LOGITS)).isEqualTo(1);
    }

    @Test
    void next_repetitionPenalty_makesNegativeScoresWorse() {
        var sampler = new Sampler(greedy(4, Map.of()), List.of(0));

        assertThat(sampler.next(new float[] {-1, -2, -5})).isEqualTo(1);
        assertThat(sampler.next(new float[] {-1, -2, -5})).isEqualTo(0);
    }

    @Test
    void next_bias_isAddedByIdAndUnknownIdsArePassedOver() {
        assertThat(new Sampler(greedy(1, Map.of(2, 3.5, 900, 9.0))).next(LOGITS))
                .isEqualTo(2);
        assertThat(new Sampler(greedy(1, Map.of(1, -100.0, 4, -100.0))).next(LOGITS))
                .isEqualTo(3);
    }

    @Test
    void next_mask_isStrongerThanTheBias() {
        var allowed = new BitSet();
        allowed.set(0);
        allowed.set(2);
        assertThat(new Sampler(greedy(1, Map.of(1, 100.0))).next(LOGITS, allowed))
                .isZero();
        var sampler = new Sampler(sampling(2, 1, 0, 1));
        for (int i = 0; i < 200; i++) {
            assertThat(sampler.next(LOGITS, allowed)).isIn(0, 2);
        }
    }

    @Test
    void next_nothingAllowed_isAFault() {
        assertThatThrownBy(() -> new Sampler(Sampling.GREEDY).next(LOGITS, new BitSet()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void score_isTheLogarithmOfTheSoftmax() {
        double sum = 0;
        for (float logit : LOGITS) {
            sum += Math.exp(logit);
        }
        ScoredToken scored = Sampler.score(LOGITS, 3, 3);

        assertThat(scored.chosen().id()).isEqualTo(3);
        assertThat(scored.chosen().logprob()).isCloseTo(1 - Math.log(sum), within(1e-9));
        assertThat(scored.likeliest().stream().map(ScoredToken.Candidate::id)).containsExactly(1, 4, 3);
        assertThat(scored.likeliest().getFirst().logprob()).isCloseTo(2 - Math.log(sum), within(1e-9));
    }

    @Test
    void forAnswer_givesEachItsOwnSeed() {
        Sampling settings = sampling(1, 1, 0, 7);
        assertThat(settings.forAnswer(0).seed()).hasValue(7);
        assertThat(settings.forAnswer(2).seed()).hasValue(9);
        assertThat(Sampling.GREEDY.forAnswer(2).seed()).isEmpty();
    }

    @Test
    void next_scoresThatAreNoNumbers_isAFault() {
        var sampler = new Sampler(Sampling.GREEDY);

        assertThatThrownBy(() -> sampler.next(new float[] {Float.NaN, Float.NaN}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("logits: best score NaN (expected: a finite number)");
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 1, temperature: -0.1 (expected: 0.0 to 2.0)", "1, 0, top_p: 0.0 (expected: above 0 to 1.0)"})
    void new_outOfRange_saysWhatIsExpected(double temperature, double topP, String message) {
        assertThatThrownBy(() -> sampling(temperature, topP, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Sampling sampling(double temperature, double topP, int topK, long seed) {
        return new Sampling(temperature, topP, topK, 0, 0, OptionalLong.of(seed));
    }

    private static int[] draws(Sampling settings, int count) {
        var sampler = new Sampler(settings);
        return IntStream.range(0, count).map(i -> sampler.next(LOGITS)).toArray();
    }

    private static int[] counts(Sampling settings, int draws) {
        int[] counts = new int[LOGITS.length];
        for (int id : draws(settings, draws)) {
            counts[id]++;
        }
        return counts;
    }

    private static Sampling with(double minP, double typicalP, double repetition, Map<Integer, Double> bias) {
        var penalties = new Sampling.Penalties(0, 0, repetition);
        return new Sampling(1, 1, 0, minP, typicalP, penalties, bias, OptionalLong.of(5));
    }

    private static Sampling greedy(double repetition, Map<Integer, Double> bias) {
        var penalties = new Sampling.Penalties(0, 0, repetition);
        return new Sampling(0, 1, 0, 0, 1, penalties, bias, OptionalLong.empty());
    }

    private static long distinct(Sampling sampling) {
        return IntStream.of(counts(sampling, 20_000)).filter(count -> count > 0).count();
    }
}
