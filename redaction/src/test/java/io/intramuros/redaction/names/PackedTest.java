// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 300, 16_383, 16_384, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void read_whatWasWritten_same(int value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Packed.write(new DataOutputStream(bytes), value);
        assertThat(Packed.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(value);
    }

    @Test
    void read_moreThanFiveBytes_refused() {
        byte[] endless = {-1, -1, -1, -1, -1, -1};
        assertThatThrownBy(() -> Packed.read(new DataInputStream(new ByteArrayInputStream(endless))))
                .isInstanceOf(IOException.class)
                .hasMessage("number: longer than five bytes");
    }

    @Test
    void table_anyKeys_answersAsAMapDoes() {
        Random random = new Random(3);
        Map<Integer, Integer> expected = new HashMap<>();
        Table table = new Table(2_000);
        for (int i = 0; i < 2_000; i++) {
            int key = random.nextInt(1, 4_000) * 0x10001;
            expected.put(key, i);
            table.put(key, i);
        }
        for (int k = 1; k < 4_000; k++)
            assertThat(table.get(k * 0x10001)).isEqualTo(expected.getOrDefault(k * 0x10001, -1));
        assertThat(table.sortedKeys()).hasSize(expected.size());
    }

    @Test
    void feature_anyTemplateAndValue_neverZero() {
        for (int template = 0; template < 100; template++)
            for (int value = -500; value < 500; value++)
                assertThat(Hash.feature(template, value)).isNotZero();
    }

    @Test
    void of_word_isFnv1a() {
        assertThat(Hash.of("")).isEqualTo(0x811c9dc5);
        assertThat(Hash.of("a")).isEqualTo(0xe40c292c);
        assertThat(Hash.of("xfoobarx", 1, 7)).isEqualTo(0xbf9cf968);
    }

    @Test
    void clusters_wordsThatStandInLikePlaces_shareAPath() {
        Clusters english = Clusters.shipped("clusters-en.bin.gz");
        assertThat(english.of("London", "london"))
                .isEqualTo(english.of("Paris", "paris"))
                .isPositive();
        assertThat(english.of("Peter", "peter")).isEqualTo(english.of("John", "john"));
        assertThat(english.of("Zzzyqx", "zzzyqx")).isZero();
        assertThat(Clusters.NONE.of("London", "london")).isZero();
    }
}
