// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final byte[] FIRST = new byte[32];
    private static final byte[] SECOND = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private final Vault vault = new Vault(Surrogates.of(FIRST));

    private String madeUp(String value, String made) {
        return vault.madeUpFor(EntityType.PERSON, value, _ -> Optional.of(made), _ -> false);
    }

    @Test
    void restore_keyChanged_stillKnowsTheSurrogateOfTheKeyBefore() {
        String old = vault.surrogateFor(EntityType.PERSON, "Hans");
        Vault rotated = new Vault(Surrogates.of(List.of(FIRST, SECOND)));

        String young = rotated.surrogateFor(EntityType.PERSON, "Hans");

        assertThat(young).isNotEqualTo(old);
        assertThat(rotated.restore(old + " is " + young)).isEqualTo("Hans is Hans");
        assertThat(rotated.size()).isEqualTo(1);
    }

    @Test
    void restore_keyChangedTwice_knowsTheFirstNoMore() {
        String old = vault.surrogateFor(EntityType.PERSON, "Hans");
        Vault rotated = new Vault(
                Surrogates.of(List.of(FIRST, SECOND, new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 9, 8, 7, 6, 5, 4})));
        rotated.surrogateFor(EntityType.PERSON, "Hans");

        assertThat(rotated.restore(old)).isEqualTo(old);
    }

    @Test
    void madeUpFor_sameValue_isTheSameOnceAndComesBack() {
        assertThat(madeUp("Hans Müller", "Ivo Adler")).isEqualTo("Ivo Adler");
        assertThat(madeUp("HANS MÜLLER", "Somebody Else")).isEqualTo("Ivo Adler");
        assertThat(vault.restore("Dear Ivo Adler, Ivo Adlers Auto, XIvo Adler; Ivo."))
                .isEqualTo("Dear Hans Müller, Ivo Adlers Auto, XIvo Adler; Ivo.");
        assertThat(vault.size()).isEqualTo(1);
    }

    @Test
    void madeUpFor_nameThatBeginsAnother_restoresTheLongest() {
        madeUp("Eva", "Ida");
        madeUp("Eva Maria", "Ida Bauer");

        assertThat(vault.restore("Ida Bauer and Ida and Ida B")).isEqualTo("Eva Maria and Eva and Eva B");
    }

    @Test
    void madeUpFor_takenValues_areNotUsed() {
        int[] tries = {0};
        String made = vault.madeUpFor(
                EntityType.PERSON,
                "Hans",
                _ -> Optional.of("Name" + tries[0]++),
                candidate -> candidate.equals("Name0") || candidate.equals("Name1"));

        assertThat(made).isEqualTo("Name2");
    }

    @Test
    void madeUpFor_twoValues_neverShareOne() {
        String first = madeUp("Hans", "Ivo");

        assertThat(first).isEqualTo("Ivo");
        assertThat(madeUp("Eva", "Ivo")).matches("\\[PERSON_[a-z2-7]{8}]");
    }

    @Test
    void madeUpFor_nothingToBeMade_givesTheSurrogate() {
        String given = vault.madeUpFor(EntityType.PERSON, "Hans", _ -> Optional.empty(), _ -> false);

        assertThat(given).isEqualTo(vault.surrogateFor(EntityType.PERSON, "Hans"));
    }

    @Test
    void restorer_madeUpValueInPieces_restoresForEveryCut() {
        madeUp("O\"Hara", "Ivo Adler");
        String text = "{\"a\":\"Ivo Adler\",\"b\":\"Ivo Adlerx Ivo\"}";
        for (int cut = 0; cut <= text.length(); cut++) {
            Restorer restorer = vault.restorer(Place.JSON);
            assertThat(restorer.accept(text.substring(0, cut))
                            + restorer.accept(text.substring(cut))
                            + restorer.finish())
                    .isEqualTo("{\"a\":\"O\\\"Hara\",\"b\":\"Ivo Adlerx Ivo\"}");
        }
    }

    @Test
    void restorer_takenBeforeMinting_doesNotKnowWhatCameLater() {
        vault.surrogateFor(EntityType.PERSON, "Hans");
        Restorer early = vault.restorer(Place.TEXT);
        String late = vault.surrogateFor(EntityType.PERSON, "Eva");

        assertThat(early.accept(late + " ")).isEqualTo(late + " ");
        assertThat(vault.restore(late)).isEqualTo("Eva");
    }

    @Test
    void isMadeUp_partsToo() {
        madeUp("Hans", "Ivo Adler");

        assertThat(vault.isMadeUp("Ivo Adler")).isTrue();
        assertThat(vault.isMadeUp("Adler")).isTrue();
        assertThat(vault.isMadeUp("Hans")).isFalse();
        assertThat(vault).hasToString("Vault[1 values]");
    }
}
