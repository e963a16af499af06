// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import io.intramuros.redaction.vault.Restorer;
import io.intramuros.redaction.vault.Surrogates;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random text with values in it, of every script, broken pairs too: what was pseudonymized comes back to the letter. */
class FuzzTest {
    private static final String[] PARTS = {
        "jane@example.com",
        "+44 20 7946 0958",
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
        "80244895B",
        "😀",
        "👩‍👩‍👧",
        "\ud83d",
        "\ude00",
        "e\u0301",
        "مرحبا",
        "日本語",
        "\u202e",
        "\u200b",
        "\u0000",
        "\uffff",
        "[PERSON_k7q2x6af]",
        "[",
        "]",
        "\\",
        "\"",
        "{",
        "}",
        " ",
        " ",
        "\n",
        "password=Abc123xyz ",
        "&#64;",
        "\\u0040",
        "a b c d e f g h i j ",
        "amFuZS5kb2VAZXhhbXBsZS5jb20=",
        "0x",
        "://",
        "12.03.1980"
    };
    private static final Conversation CONVERSATION = Conversation.enforcing(
            Redactor.of(Patterns.detectors()),
            new ActionPlan(Map.of(), Action.PSEUDONYMIZE),
            Surrogates.of(new byte[32]));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void redact_randomText_comesBackToTheLetter(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(25); i >= 0; i--) {
                if (random.nextInt(4) == 0) text.append((char) random.nextInt(0x10000));
                else text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            var result = (Outcome.Redacted) CONVERSATION.redact(List.of(Slot.text(text.toString())));
            RedactedSlot slot = result.slots().getFirst();
            int end = 0;
            StringBuilder expected = new StringBuilder();
            for (Applied applied : slot.findings()) {
                assertThat(applied.start()).isGreaterThanOrEqualTo(end);
                expected.append(text, end, applied.start()).append(applied.replacement());
                end = applied.end();
            }
            assertThat(slot.text())
                    .isEqualTo(expected.append(text, end, text.length()).toString());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void redact_randomJson_staysJsonAndComesBack(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            String raw = json(random, 3);
            var result = (Outcome.Redacted) CONVERSATION.redact(List.of(Slot.json("[" + raw + "]")));
            String safe = result.slots().getFirst().text();
            assertThat(JsonScan.of(safe)).isNotNull();
            Restorer restorer = result.vault().restorer(Place.JSON);
            assertThat(JsonScan.of(restorer.accept(safe) + restorer.finish())).isNotNull();
        }
    }

    private static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> quoted(random);
            case 1 -> List.of("1", "-2.5e3", "4111111111111111", "612345678").get(random.nextInt(4));
            case 2 -> "true";
            case 3 -> quoted(random);
            case 4 -> "[" + json(random, depth - 1) + ", " + json(random, depth - 1) + "]";
            default -> "{" + quoted(random) + ":" + json(random, depth - 1) + "}";
        };
    }

    private static String quoted(Random random) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(4); i >= 0; i--) {
            String part = PARTS[random.nextInt(PARTS.length)];
            text.append(part.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\n", "\\n")
                    .replace("\u0000", "\\u0000"));
        }
        return text.append('"').toString();
    }
}
