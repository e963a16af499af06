// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());
    private static final Surrogates SURROGATES = Surrogates.of(new byte[32]);
    private static final ActionPlan SECRETS = new ActionPlan(Map.of(EntityType.SECRET, Action.MASK), Action.ALLOW);
    private static final ActionPlan EVERYTHING = new ActionPlan(Map.of(), Action.MASK);
    private static final String KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC=\n-----END RSA PRIVATE KEY-----";
    private static final String TOKEN = "ghp_f2BCxFk0nc4w2wBLLPzo9JuDDeUkm2GokqAd";

    private static String screened(ActionPlan plan, Place place, String... pieces) {
        Screen screen = new Screen(REDACTOR, plan, SURROGATES, place);
        StringBuilder out = new StringBuilder();
        for (String piece : pieces) out.append(screen.accept(piece));
        return out.append(screen.finish()).toString();
    }

    @Test
    void accept_planThatAllowsAll_passesAtOnce() {
        Screen screen = new Screen(REDACTOR, new ActionPlan(Map.of(), Action.ALLOW), SURROGATES, Place.TEXT);
        assertThat(screen.accept("ghp_")).isEqualTo("ghp_");
    }

    @Test
    void accept_secretInPieces_isMasked() {
        assertThat(screened(SECRETS, Place.TEXT, "Use " + TOKEN.substring(0, 9), TOKEN.substring(9), " now"))
                .isEqualTo("Use [SECRET] now");
        assertThat(screened(SECRETS, Place.TEXT, "The password", ": ", "S0mmer!", "71x", " works"))
                .isEqualTo("The password: [SECRET] works");
    }

    @Test
    void accept_privateKey_isOneMaskWhateverItsLength() {
        String body = "QUJD\n".repeat(3000);
        assertThat(screened(SECRETS, Place.TEXT, "Key:\n", KEY.replace("MIIEow\n", body), "\nDone a@b.eu."))
                .isEqualTo("Key:\n[SECRET]\nDone a@b.eu.");
        assertThat(screened(SECRETS, Place.TEXT, "-----BEGIN PRIVATE KEY-----\nabc\n", "def"))
                .isEqualTo("[SECRET]");
    }

    @Test
    void accept_proseWithPlanForSecrets_holdsOneWordOnly() {
        Screen screen = new Screen(REDACTOR, SECRETS, SURROGATES, Place.TEXT);
        assertThat(screen.accept("The weather is fi")).isEqualTo("The weather is ");
        assertThat(screen.held()).isEqualTo(2);
    }

    @Test
    void accept_block_endsTheAnswerBeforeTheValue() {
        Screen screen = new Screen(
                REDACTOR,
                new ActionPlan(Map.of(EntityType.SECRET, Action.BLOCK), Action.ALLOW),
                SURROGATES,
                Place.TEXT);
        assertThat(screen.accept("It is " + TOKEN + " and more")).isEqualTo("It is ");
        assertThat(screen.blocked()).contains(EntityType.SECRET);
        assertThat(screen.accept("more") + screen.finish()).isEmpty();
    }

    @Test
    void accept_surrogates_passUnchanged() {
        Vault vault = new Vault(SURROGATES);
        String surrogate = vault.surrogateFor(EntityType.SECRET, TOKEN);
        assertThat(screened(EVERYTHING, Place.TEXT, "password: " + surrogate)).isEqualTo("password: " + surrogate);
    }

    @Test
    void accept_jsonArguments_stayJson() {
        assertThat(screened(
                        EVERYTHING,
                        Place.JSON,
                        "{\"a\":\"x\\u0040b.eu\", \"card\": 4111111111",
                        "111111, \"k\":\"" + TOKEN + "\"}"))
                .isEqualTo("{\"a\":\"[EMAIL]\", \"card\": \"[CREDIT_CARD]\", \"k\":\"[SECRET]\"}");
    }

    @Test
    void findings_afterTheStream_countFromItsStart() {
        Screen screen = new Screen(REDACTOR, SECRETS, SURROGATES, Place.TEXT);
        screen.accept("One two " + TOKEN + " three");
        assertThat(screen.findings()).singleElement().satisfies(found -> {
            assertThat(found.start()).isEqualTo(8);
            assertThat(found.end()).isEqualTo(8 + TOKEN.length());
            assertThat(found.action()).isEqualTo(Action.MASK);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void accept_anyPieces_joinToTheWholeTextsScreening(int seed) {
        Random random = new Random(seed);
        for (ActionPlan plan : new ActionPlan[] {SECRETS, EVERYTHING}) {
            for (Place place : Place.values()) {
                String text = text(random);
                String expected = screened(plan, place, text);
                assertThat(expected).doesNotContain(TOKEN, "MIIEow");
                for (int round = 0; round < 6; round++) {
                    String[] pieces = text.split("(?<=\\G.{" + (1 + random.nextInt(9)) + "})(?s)", -1);
                    assertThat(String.join("", pieces)).isEqualTo(text);
                    assertThat(screened(plan, place, pieces)).isEqualTo(expected);
                }
            }
        }
    }

    private static String text(Random random) {
        String[] parts = {
            "Hello ",
            "call +44 20 7946 0958 ",
            "\n",
            "card 4111 1111 1111 1111, ",
            " " + TOKEN + " ",
            "\n" + KEY + "\n",
            "password: S0mmer!71x ",
            "jane@example.com ",
            "12. Februar 1967 ",
            "DE89 3704 0044 0532 0130 00 ",
            "日本語のテキスト。",
            "😀 ",
            "\\u0040",
            "\"",
            "{\"a\":",
            "1,",
            "eyJ",
            "-----BEGIN ",
            "[PERSON_k7q2x6af] ",
            "x".repeat(300),
            "é ",
            "\t"
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) text.append(parts[random.nextInt(parts.length)]);
        return text.toString();
    }
}
