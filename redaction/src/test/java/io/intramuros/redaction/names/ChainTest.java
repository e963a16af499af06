// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.redaction.EntityType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A model that learns a small invented language: after "greet" stands a person, after "visit" a place of two words. */
class ChainTest {
    private static final long SEED = 5;

    private static final Chain CHAIN = trained();

    private static Chain trained() {
        Random random = new Random(SEED);
        List<ChainTraining.Sentence> sentences = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String person = Syllables.name(random);
            String place = Syllables.name(random) + " " + Syllables.name(random);
            boolean visit = random.nextBoolean();
            String name = visit ? place : person;
            String text = (visit ? "we visit " : "we greet ") + name + " every day";
            int start = text.indexOf(name, 9);
            Annotated record = new Annotated(
                    "x",
                    text,
                    "en",
                    "x",
                    List.of(new Annotated.Gold(start, start + name.length(), visit ? "LOCATION" : "PERSON")));
            Samples.of(record, Clusters.NONE, sentences);
        }
        return new ChainTraining(Trainer.LABELS, sentences, 2, 1e-4, 8).fit(SEED);
    }

    private static Chain.Reading read(Chain chain, String text) {
        Page page = new Page(text, Lexicon.shipped());
        return chain.read(Traits.of(page, Clusters.NONE).between(0, page.size()));
    }

    private static byte[] written(Chain chain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        chain.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void read_namesItNeverSaw_foundByTheWordsAround() {
        Chain.Reading person = read(CHAIN, "we greet Zorvath every day");
        assertThat(person.names()).singleElement().satisfies(name -> {
            assertThat(name.from()).isEqualTo(2);
            assertThat(name.to()).isEqualTo(3);
            assertThat(name.type()).isEqualTo(EntityType.PERSON);
            assertThat(name.likelihood()).isBetween(0.8, 1.0);
        });
        assertThat(read(CHAIN, "we visit Nimra Toldis every day").names())
                .singleElement()
                .satisfies(name -> {
                    assertThat(name.type()).isEqualTo(EntityType.LOCATION);
                    assertThat(name.to() - name.from()).isEqualTo(2);
                });
    }

    @Test
    void none_wordsOutsideOfNames_likely() {
        Chain.Reading reading = read(CHAIN, "we greet Zorvath every day");
        assertThat(reading.none(2)).isLessThan(0.3);
        assertThat(reading.none(0)).isGreaterThan(2 * reading.none(2));
        assertThat(reading.none(4)).isGreaterThan(2 * reading.none(2));
    }

    @Test
    void moved_name_keepsItsLength() {
        assertThat(new Chain.Name(1, 3, EntityType.PERSON, 0.5).moved(4))
                .isEqualTo(new Chain.Name(5, 7, EntityType.PERSON, 0.5));
    }

    @Test
    void fit_sameSentencesAndSeed_sameModelToTheLastBit() throws IOException {
        assertThat(written(trained())).isEqualTo(written(CHAIN));
    }

    @Test
    void load_whatWasWritten_readsTheSame() throws IOException {
        byte[] bytes = written(CHAIN);
        Chain loaded = Chain.load(new DataInputStream(new ByteArrayInputStream(bytes)));
        assertThat(written(loaded)).isEqualTo(bytes);
        String text = "we greet Zorvath every day";
        assertThat(read(loaded, text).names()).isEqualTo(read(CHAIN, text).names());
    }

    @Test
    void read_wholeModelFile_works() throws IOException {
        Chain chain = Models.read("names-xx.bin.gz", packed(written(CHAIN)));
        assertThat(read(chain, "we greet Zorvath every day").names()).hasSize(1);
    }

    @Test
    void read_damagedModelFile_refusedWithItsNameAndDigest() throws IOException {
        byte[] packed = packed(written(CHAIN));
        for (int cut : new int[] {0, 5, 40, packed.length / 2, packed.length - 1}) {
            byte[] damaged = Arrays.copyOf(packed, cut);
            assertThatThrownBy(() -> Models.read("names-xx.bin.gz", damaged))
                    .isInstanceOf(UnreadableModelException.class)
                    .hasMessageMatching("names-xx\\.bin\\.gz: unreadable model \\(SHA-256 [0-9a-f]{64}\\)");
        }
        byte[] flipped = packed.clone();
        flipped[packed.length / 3] ^= 0x10;
        assertThatThrownBy(() -> Models.read("names-xx.bin.gz", flipped)).isInstanceOf(UnreadableModelException.class);
    }

    @Test
    void read_modelOfAnotherForm_refused() throws IOException {
        byte[] other = packed("something else entirely".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Models.read("other", other))
                .hasRootCauseMessage("model: of another form (expected: IMN1)");
        byte[] longer = Arrays.copyOf(written(CHAIN), written(CHAIN).length + 1);
        assertThatThrownBy(() -> Models.read("longer", packed(longer)))
                .hasRootCauseMessage("model: longer than it says");
    }
}
