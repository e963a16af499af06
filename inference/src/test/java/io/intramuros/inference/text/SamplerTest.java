// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
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
}
