// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.intramuros.inference.ort.OrtLibrary;
import io.intramuros.inference.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TextEncoderTest {
    private static OrtRuntime runtime;
    private static TextEncoder encoder;

    @BeforeAll
    static void load() throws Exception {
        runtime = OrtRuntime.open(OrtLibrary.bundled(Path.of("target", "onnxruntime")));
        encoder = TextEncoder.bundled(runtime, 2);
    }

    @AfterAll
    static void close() {
        encoder.close();
        runtime.close();
    }

    @Test
    void embed_paraphraseAndUnrelatedText_putsTheParaphraseNearer() {
        float[][] vectors = encoder.embed(List.of(
                "How do I reset my password?", "I forgot my password, how can I get a new one?", "Ducks like rain."));
        assertThat(dot(vectors[0], vectors[1])).isGreaterThan(0.6);
        assertThat(dot(vectors[0], vectors[2])).isLessThan(0.2);
    }

    @Test
    void embed_anyText_hasLengthOne() {
        float[] vector = encoder.embed(List.of("Hello")).clone()[0];
        assertThat(vector).hasSize(384);
        assertThat(dot(vector, vector)).isCloseTo(1, within(1e-6));
    }

    @Test
    void embed_besideOtherTexts_givesTheSameVector() {
        float[] alone = encoder.embed(List.of("one text"))[0];
        float[] beside = encoder.embed(List.of("another, quite a bit longer than that", "one text"))[1];
        assertThat(beside).containsExactly(alone);
    }

    @Test
    void embed_textLongerThanTheModelSees_saysWhichAndByHowMuch() {
        assertThatThrownBy(() -> encoder.embed(List.of("short", "word ".repeat(600))))
                .isInstanceOf(TextTooLongException.class)
                .hasMessage("text 1: 602 tokens (expected: at most 512)");
    }

    @Test
    void embed_longestText_runs() {
        assertThat(encoder.embed(List.of("word ".repeat(510)))[0]).hasSize(384);
    }

    @Test
    void tokens_knownSentence_countsItsEndsToo() {
        assertThat(encoder.tokens("hello world")).isEqualTo(4);
        assertThat(encoder.tokens("")).isEqualTo(2);
    }

    @Test
    void embed_loneSurrogate_isTakenAsTheReplacementCharacter() {
        assertThat(encoder.embed(List.of("a\ud800b"))[0]).containsExactly(encoder.embed(List.of("a\ufffdb"))[0]);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
