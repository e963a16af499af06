// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.redaction.EntityType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurrogatesTest {
    private static final byte[] ONE = new byte[32];
    private static final byte[] OTHER = filled((byte) 7);

    private static byte[] filled(byte value) {
        byte[] key = new byte[32];
        Arrays.fill(key, value);
        return key;
    }

    private static String mint(byte[] key, EntityType type, String value) {
        return new Vault(Surrogates.of(key)).surrogateFor(type, value);
    }

    @Test
    void surrogateFor_sameValue_isTheSameInEveryVaultOfTheTenant() {
        assertThat(mint(ONE, EntityType.PERSON, "Hans Müller"))
                .isEqualTo(mint(ONE, EntityType.PERSON, "Hans Müller"))
                .matches("\\[[A-Z][A-Z_]*_[a-z2-7]{8,}\\]");
    }

    @Test
    void surrogateFor_knownKey_neverChanges() {
        assertThat(mint(ONE, EntityType.PERSON, "Hans Müller")).isEqualTo("[PERSON_sktub5ke]");
    }

    @Test
    void surrogateFor_otherSpelling_isTheSame() {
        assertThat(mint(ONE, EntityType.PERSON, "HANS  MÜLLER"))
                .isEqualTo(mint(ONE, EntityType.PERSON, "Hans Mu\u0308ller"));
        assertThat(mint(ONE, EntityType.IBAN, "DE89 3704 0044 0532 0130 00"))
                .isEqualTo(mint(ONE, EntityType.IBAN, "de89370400440532013000"));
    }

    @Test
    void surrogateFor_otherTenantTypeOrValue_differs() {
        Set<String> all = new HashSet<>();
        all.add(mint(ONE, EntityType.PERSON, "Hans"));
        all.add(mint(OTHER, EntityType.PERSON, "Hans"));
        all.add(mint(ONE, EntityType.ORGANIZATION, "Hans"));
        all.add(mint(ONE, EntityType.PERSON, "Eva"));
        assertThat(all).hasSize(4);
    }

    @Test
    void surrogateFor_fiftyThousandValues_neverShared() {
        Vault vault = new Vault(Surrogates.of(ONE));
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 50_000; i++) all.add(vault.surrogateFor(EntityType.CUSTOM, "value " + i));
        assertThat(all).hasSize(50_000);
        assertThat(vault.size()).isEqualTo(50_000);
    }

    @Test
    void fresh_twice_sharesNothing() {
        String first = new Vault(Surrogates.fresh()).surrogateFor(EntityType.PERSON, "Hans");
        assertThat(new Vault(Surrogates.fresh()).surrogateFor(EntityType.PERSON, "Hans"))
                .isNotEqualTo(first);
    }

    @Test
    void hash_value_isNoSurrogateAndNeverRestored() {
        Surrogates surrogates = Surrogates.of(ONE);
        Vault vault = new Vault(surrogates);
        vault.surrogateFor(EntityType.EMAIL, "a@b.eu");
        String hash = surrogates.hash(EntityType.EMAIL, "a@b.eu");
        assertThat(hash).matches("\\[EMAIL#[a-z2-7]{16}\\]").isEqualTo(surrogates.hash(EntityType.EMAIL, "A@b.eu"));
        assertThat(vault.restore(hash)).isEqualTo(hash);
    }

    @Test
    void of_shortKey_isRefused() {
        assertThatThrownBy(() -> Surrogates.of(new byte[15]))
                .hasMessage("surrogate key: 15 bytes (expected: at least 16)");
    }
}
