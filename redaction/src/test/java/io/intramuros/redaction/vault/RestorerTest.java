// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Place;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestorerTest {
    private static final byte[] KEY = new byte[32];
    private final Vault vault = new Vault(Surrogates.of(KEY));
    private final String hans = vault.surrogateFor(EntityType.PERSON, "Hans Müller");
    private final String born = vault.surrogateFor(EntityType.DATE_OF_BIRTH, "12.03.1980");
    private final String quote = vault.surrogateFor(EntityType.ORGANIZATION, "Mc\"Quote\\ & Söhne\n");

    @Test
    void restore_exactSurrogate_givesTheValue() {
        assertThat(vault.restore("Dear " + hans + ", born " + born + "!"))
                .isEqualTo("Dear Hans Müller, born 12.03.1980!");
    }

    @Test
    void restore_unknownSurrogate_staysAsItIs() {
        assertThat(vault.restore("[PERSON_aaaaaaaa] and PERSON_bbbbbbbb"))
                .isEqualTo("[PERSON_aaaaaaaa] and PERSON_bbbbbbbb");
    }

    @Test
    void restore_surrogateOfAnotherVault_staysAsItIs() {
        Vault other = new Vault(Surrogates.of(KEY));
        other.surrogateFor(EntityType.PERSON, "Eva");
        assertThat(other.restore(hans)).isEqualTo(hans);
    }

    @Test
    void restore_whatModelsMakeOfIt_givesTheValue() {
        String core = hans.substring(1, hans.length() - 1);
        String code = core.substring("PERSON_".length());
        for (String variant : new String[] {
            core,
            "[" + core.toLowerCase(java.util.Locale.ROOT) + "]",
            "\\[PERSON\\_" + code + "\\]",
            "[ " + core + " ]",
            "[PERSON " + code + "]",
            "[PERSON_ " + code + "]",
            "PERSON-" + code,
            "[Person_" + code.toUpperCase(java.util.Locale.ROOT) + "]"
        }) assertThat(vault.restore("<" + variant + ">")).as(variant).isEqualTo("<Hans Müller>");
        assertThat(vault.restore("**" + hans + "** `" + hans + "` _" + core + "_"))
                .isEqualTo("**Hans Müller** `Hans Müller` _Hans Müller_");
    }

    @Test
    void restore_listOfCoresInBrackets_keepsTheListsBrackets() {
        String core = hans.substring(1, hans.length() - 1);
        assertThat(vault.restore("[" + core + ", " + core + "]")).isEqualTo("[Hans Müller, Hans Müller]");
        assertThat(vault.restore("[see " + core + "]")).isEqualTo("[see Hans Müller]");
    }

    @Test
    void restore_coreInsideAWord_staysAsItIs() {
        String core = hans.substring(1, hans.length() - 1);
        assertThat(vault.restore("X" + core + " " + core + "abc")).isEqualTo("X" + core + " " + core + "abc");
    }

    @Test
    void restore_genitiveAfterTheBracket_keepsIt() {
        assertThat(vault.restore(hans + "s Auto, " + hans + "'s car"))
                .isEqualTo("Hans Müllers Auto, Hans Müller's car");
    }

    @Test
    void accept_jsonArguments_escapesTheValueAndReadsEscapes() {
        String raw = "{\"to\":\"" + quote + "\",\"who\":\"\\u005b" + hans.substring(1) + "\\n\"}";
        Restorer restorer = vault.restorer(Place.JSON);
        assertThat(restorer.accept(raw) + restorer.finish())
                .isEqualTo("{\"to\":\"Mc\\\"Quote\\\\ & Söhne\\n\",\"who\":\"Hans Müller\\n\"}");
    }

    @Test
    void accept_plainText_holdsNothingBack() {
        Restorer restorer = vault.restorer(Place.TEXT);
        assertThat(restorer.accept("The weather is fine. [1] See")).isEqualTo("The weather is fine. [1] See");
        assertThat(restorer.held()).isZero();
    }

    @Test
    void accept_openBracketWithoutEnd_holdsNoMoreThanTheLongestSurrogate() {
        Restorer restorer = vault.restorer(Place.TEXT);
        int most = 0;
        for (int i = 0; i < 2000; i++) {
            restorer.accept(i % 7 == 0 ? "[" : i % 3 == 0 ? "DATE_OF_" : "\\");
            most = Math.max(most, restorer.held());
        }
        assertThat(most).isLessThanOrEqualTo(born.length() + 16);
    }

    @Test
    void finish_cutSurrogate_givesWhatCame() {
        Restorer restorer = vault.restorer(Place.TEXT);
        String cut = hans.substring(0, 10);
        assertThat(restorer.accept("By " + cut) + restorer.finish()).isEqualTo("By " + cut);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void accept_anyPieces_joinToTheWholeTextsRestoring(int seed) {
        Random random = new Random(seed);
        for (Place place : Place.values()) {
            String text = text(random);
            Restorer whole = vault.restorer(place);
            String expected = whole.accept(text) + whole.finish();
            for (int split = 0; split <= text.length(); split++) {
                Restorer restorer = vault.restorer(place);
                assertThat(restorer.accept(text.substring(0, split))
                                + restorer.accept(text.substring(split))
                                + restorer.finish())
                        .isEqualTo(expected);
            }
            for (int round = 0; round < 50; round++)
                assertThat(inPieces(text, place, random)).isEqualTo(expected);
        }
    }

    private String inPieces(String text, Place place, Random random) {
        Restorer restorer = vault.restorer(place);
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + random.nextInt(6));
            out.append(restorer.accept(text.substring(from, to)));
            from = to;
        }
        return out.append(restorer.finish()).toString();
    }

    private String text(Random random) {
        String[] parts = {
            hans,
            born,
            quote,
            hans.toLowerCase(java.util.Locale.ROOT),
            "[",
            "]",
            "\\",
            "\\_",
            "\\u005b",
            "\\u00",
            " ",
            "_",
            hans.substring(1, 12),
            born.substring(0, 9),
            "PERSON",
            "DATE",
            "😀",
            "é",
            "\"",
            "[PERSON_aaaaaaaa]",
            "s",
            "\n",
            hans.replace("_", "\\_"),
            hans.replace("[", "\\[").replace("]", " \\]")
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) text.append(parts[random.nextInt(parts.length)]);
        return text.toString();
    }
}
