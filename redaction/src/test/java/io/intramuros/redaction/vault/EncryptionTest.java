// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.redaction.EntityType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
    private static final byte[] FIRST = new byte[32];
    private static final byte[] SECOND = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final Encryption ONE = Surrogates.of(FIRST).encryption();

    private static String open(Encryption encryption, String text) {
        return encryption.decrypt(text, (_, _) -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana@example.com", "x", "Ünïcode 😀", "line\nbreak \" and \\", ""})
    void encrypt_anyValue_comesBack(String value) {
        String token = ONE.encrypt(EntityType.EMAIL, value);

        assertThat(token).matches("\\[EMAIL:1:[a-z2-7]{45,}]").doesNotContain("ana@");
        assertThat(open(ONE, "to " + token + "!")).isEqualTo("to " + value + "!");
    }

    @Test
    void encrypt_sameValue_isTheSameAndTypesDiffer() {
        assertThat(ONE.encrypt(EntityType.EMAIL, "a@b.eu")).isEqualTo(ONE.encrypt(EntityType.EMAIL, "a@b.eu"));
        assertThat(ONE.encrypt(EntityType.URL, "a@b.eu").replace("URL", "EMAIL"))
                .isNotEqualTo(ONE.encrypt(EntityType.EMAIL, "a@b.eu"));
    }

    @Test
    void encrypt_longValue_isAsLongAsItMustBe() {
        String token = ONE.encrypt(EntityType.CUSTOM, "v".repeat(1_000));

        assertThat(token).hasSize("[CUSTOM:1:]".length() + ((12 + 16 + 1_000) * 8 + 4) / 5);
        assertThat(open(ONE, token)).isEqualTo("v".repeat(1_000));
    }

    @Test
    void decrypt_tokenOfAnotherTenant_stays() {
        String token = Surrogates.of(SECOND).encryption().encrypt(EntityType.EMAIL, "a@b.eu");

        assertThat(open(ONE, token)).isEqualTo(token);
    }

    @Test
    void decrypt_changedToken_stays() {
        String token = ONE.encrypt(EntityType.EMAIL, "a@b.eu");
        String bent = token.replace("[EMAIL", "[PHONE");
        String longer = token.replace("]", "aa]");
        String turned = token.substring(0, 20) + (token.charAt(20) == 'a' ? 'b' : 'a') + token.substring(21);
        String future = token.replace(":1:", ":2:");

        for (String changed : List.of(bent, longer, turned, future))
            assertThat(open(ONE, changed)).isEqualTo(changed);
    }

    @Test
    void decrypt_rotatedKey_opensOldAndNewAndSaysWhich() {
        Encryption both = Surrogates.of(List.of(FIRST, SECOND)).encryption();
        String old = ONE.encrypt(EntityType.EMAIL, "old@b.eu");
        String young = both.encrypt(EntityType.PHONE, "+34 612 345 678");
        List<String> opened = new ArrayList<>();

        String text = both.decrypt(old + " " + young + " [EMAIL]", (type, version) -> opened.add(type + version));

        assertThat(text).isEqualTo("old@b.eu +34 612 345 678 [EMAIL]");
        assertThat(opened).containsExactly("EMAIL1", "PHONE2");
        assertThat(young).startsWith("[PHONE:2:");
    }

    @Test
    void of_noKeys_isRefused() {
        assertThatThrownBy(() -> Surrogates.of(List.of())).hasMessage("surrogate keys: none (expected: at least one)");
        assertThat(ONE).hasToString("Encryption[1 keys hidden]");
    }
}
