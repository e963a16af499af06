// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void generate_anyKey_hasTheFormThatScannersLookFor() {
        ApiKey key = ApiKey.generate();

        assertThat(key.reveal()).matches("imk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}").hasSize(66);
        assertThat(ApiKey.parse(key.reveal()).map(ApiKey::id)).contains(key.id());
    }

    /** CRC-32 in base 62, the most significant digit first, six digits. */
    @Test
    void parse_aKeyMadeByTheFormatsWords_isTaken() {
        String body = "imk_0123456789AB_" + "a".repeat(43);
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); rest > 0; rest /= 62) digits.append(ALPHABET.charAt((int) (rest % 62)));
        String checksum = "0".repeat(6 - digits.length()) + digits.reverse();

        assertThat(ApiKey.parse(body + checksum)).isPresent();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void parse_aMutatedKey_isNever(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(ApiKey.generate().reveal());
            String before = text.toString();
            for (int change = random.nextInt(4); change >= 0; change--)
                text.setCharAt(4 + random.nextInt(62), ALPHABET.charAt(random.nextInt(62)));
            if (!text.toString().equals(before))
                assertThat(ApiKey.parse(text.toString())).as("mutation %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "imk_", "sk-abc", "imk_x_y", "IMK_0123456789AB_"})
    void parse_whatIsNoKey_isNone(String text) {
        assertThat(ApiKey.parse(text)).isEmpty();
        assertThat(ApiKey.parse(ApiKey.generate().reveal() + "\n")).isEmpty();
        assertThat(ApiKey.parse(" " + ApiKey.generate().reveal())).isEmpty();
    }

    @Test
    void toString_ofWhatKnowsASecret_holdsNone() {
        ApiKey key = ApiKey.generate();
        String secret = key.reveal().substring(17);

        assertThat(key.toString()).contains(key.id()).doesNotContain(secret);
        assertThat(Gatehouse.PEPPER).hasToString("Pepper");
        assertThat(KeyRow.NONE.toString()).doesNotContain("0".repeat(64));
        assertThat(new MissingException("key", key.reveal()).getMessage()).doesNotContain(secret);
    }
}
