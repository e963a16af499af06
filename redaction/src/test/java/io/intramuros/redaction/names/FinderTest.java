// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.redaction.EntityType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import org.junit.jupiter.api.Test;

/** A finder that learns a small invented language: after "greet" stands a person, after "visit" a place of two words. */
class FinderTest {
    private static final long SEED = 5;

    private static final byte[] FILE = file();

    private static byte[] file() {
        Random random = new Random(SEED);
        List<Fitting.Token> tokens = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            boolean visit = random.nextBoolean();
            String name = Syllables.name(random) + (visit ? " " + Syllables.name(random) : "");
            String text = (visit ? "we visit " : "we greet ") + name + " every day";
            int start = text.indexOf(name, 9);
            Annotated.Gold gold = new Annotated.Gold(start, start + name.length(), visit ? "LOCATION" : "PERSON");
            Samples.of(new Annotated("x", text, "en", "x", List.of(gold)), Clusters.NONE, tokens);
        }
        try {
            return ModelFile.of("en", new Fitting(tokens).fit(SEED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reading read(String text) {
        Finder finder = Models.read("names-xx.bin", FILE, Clusters.NONE);
        Page page = new Page(text, Lexicon.shipped());
        return finder.read(finder.traits(page), 0, page.size());
    }

    @Test
    void names_namesItNeverSaw_foundByTheWordsAround() {
        assertThat(read("we greet Zorvath every day").names()).singleElement().satisfies(name -> {
            assertThat(name.from()).isEqualTo(2);
            assertThat(name.to()).isEqualTo(3);
            assertThat(name.type()).isEqualTo(EntityType.PERSON);
            assertThat(name.likelihood()).isBetween(0.8, 1.0);
        });
        assertThat(read("we visit Nimra Toldis every day").names())
                .singleElement()
                .satisfies(name -> {
                    assertThat(name.type()).isEqualTo(EntityType.LOCATION);
                    assertThat(name.to() - name.from()).isEqualTo(2);
                });
    }

    @Test
    void names_sentenceThatBreaksOff_noNameWithoutItsEnd() {
        for (Reading.Name name : read("we visit Nimra").names())
            assertThat(name.to()).isLessThanOrEqualTo(3);
        assertThat(read("every day").names()).isEmpty();
    }

    @Test
    void none_wordsOutsideOfNames_likely() {
        Reading reading = read("we greet Zorvath every day");
        assertThat(reading.none(2)).isLessThan(0.3);
        assertThat(reading.none(0)).isGreaterThan(2 * reading.none(2));
        assertThat(reading.none(4)).isGreaterThan(2 * reading.none(2));
    }

    @Test
    void fit_sameTextsAndSeed_sameFileToTheLastBit() {
        assertThat(file()).isEqualTo(FILE);
    }

    @Test
    void read_damagedModelFile_refusedWithItsNameAndDigest() {
        for (int cut : new int[] {0, 5, 40, FILE.length / 2}) {
            byte[] damaged = Arrays.copyOf(FILE, cut);
            assertThatThrownBy(() -> Models.read("names-xx.bin", damaged, Clusters.NONE))
                    .isInstanceOf(UnreadableModelException.class)
                    .hasMessageMatching("names-xx\\.bin: unreadable model \\(SHA-256 [0-9a-f]{64}\\)");
        }
    }

    @Test
    void of_modelOfOtherTraits_refused() {
        Context weights = new Context(new int[] {0}, new double[] {1});
        GISModel plain = new GISModel(new Context[] {weights}, new String[] {"w=anna"}, new String[] {"other"});
        assertThatThrownBy(() -> Finder.of(plain, Clusters.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("model: traits of another form (expected: numbers)");
    }

    @Test
    void scales_asOpenNlpAsks_itsOwnAnswers() throws IOException {
        Context weights = new Context(new int[] {0, 1}, new double[] {0, 1});
        GISModel model =
                new GISModel(new Context[] {weights}, new String[] {"zz"}, new String[] {"other", "PERSON-unit"});
        Finder finder = Finder.of(model, Clusters.NONE);
        Scales scales = new Scales(finder, finder.traits(new Page("hello", Lexicon.shipped())), 0, 1);
        assertThat(scales.getNumOutcomes()).isEqualTo(2);
        assertThat(scales.getIndex("PERSON-unit")).isEqualTo(1);
        assertThat(scales.getBestOutcome(new double[] {0.2, 0.8})).isEqualTo("PERSON-unit");
        assertThat(scales.getAllOutcomes(new double[] {0.5, 0.5})).isEqualTo("[other, PERSON-unit] [0.5, 0.5]");
        assertThat(scales.none(0)).isEqualTo(0.5);
        assertThat(scales.likelihoods(0, Traits.EDGE, Traits.EDGE)).containsExactly(0.5, 0.5);
        assertThat(scales.isPlain()).isFalse();
    }
}
