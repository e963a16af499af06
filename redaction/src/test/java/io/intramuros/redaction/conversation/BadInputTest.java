// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.RedactionFailedException;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import io.intramuros.redaction.vault.Surrogates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that nobody should send and somebody does. */
class BadInputTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());
    private static final Surrogates SURROGATES = Surrogates.of(new byte[32]);
    private static final Conversation CONVERSATION =
            Conversation.enforcing(REDACTOR, new ActionPlan(Map.of(), Action.PSEUDONYMIZE), SURROGATES);

    private static Outcome.Redacted redacted(Slot... slots) {
        return (Outcome.Redacted) CONVERSATION.redact(List.of(slots));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d ana@example.com \ude00",
                "\ud83d\ud83d\ude00\ude00 ana@example.com",
                "a\u0000b ana@example.com \u0000",
                "\u0001\u0002\u001b[31m ana@example.com \u007f\u0085",
                "\u202eana@example.com\u202c",
                "Почта ana@example.com 日本 مرحبا ελ",
                "\ufffe\uffff ana@example.com",
                "[[[[\\\\\\ ana@example.com ]]]]"
            })
    void redact_strangeCharacters_hidesTheValueAndKeepsTheRest(String text) {
        Outcome.Redacted result = redacted(Slot.text(text));

        assertThat(result.slots().getFirst().text()).doesNotContain("ana@").contains("[EMAIL_");
        assertThat(result.vault().restore(result.slots().getFirst().text())).isEqualTo(text);
    }

    @Test
    @Timeout(60)
    void redact_lineOfTenMegabytes_isSearchedToItsEnd() {
        String text = "x".repeat(5_000_000) + " ana@example.com " + "word ".repeat(1_000_000) + " bob@example.com";

        Outcome.Redacted result = redacted(Slot.text(text));

        assertThat(result.slots().getFirst().text()).doesNotContain("ana@", "bob@");
        assertThat(result.counts().total()).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Timeout(60)
    void screen_lineOfTenMegabytesInPieces_holdsLittleBack() {
        Screen screen = new Screen(REDACTOR, new ActionPlan(Map.of(), Action.MASK), SURROGATES, Place.TEXT);
        int most = 0;
        long out = 0;
        for (int i = 0; i < 1_000; i++) {
            out += screen.accept("y".repeat(10_000)).length();
            most = Math.max(most, screen.held());
        }
        out += screen.finish().length();

        assertThat(out).isEqualTo(10_000_000);
        assertThat(most).isLessThan(8_192);
    }

    @Test
    void redact_noSlotsAndEmptySlots_isNothing() {
        assertThat(redacted().slots()).isEmpty();
        assertThat(redacted(Slot.text(""), Slot.json("")).slots())
                .extracting(RedactedSlot::text)
                .containsExactly("", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[1,2", "{\"a\" 1}", "nul", "{\"a\":\"\\u00\"}", "{]"})
    void redact_brokenJson_isTakenAsText(String json) {
        String text = json + " ana@example.com";

        assertThat(redacted(Slot.json(text)).slots().getFirst().text())
                .startsWith(json)
                .doesNotContain("ana@");
    }

    @Test
    void redact_jsonOfGreatDepth_isRead() {
        String json = "[".repeat(50_000) + "\"ana@example.com\"" + "]".repeat(50_000);

        assertThat(redacted(Slot.json(json)).slots().getFirst().text())
                .doesNotContain("ana@")
                .endsWith("]\"" + "]".repeat(50_000));
    }

    @Test
    void redact_surrogateOfAnotherTenant_isNotRestored() {
        Outcome.Redacted theirs = (Outcome.Redacted) Conversation.enforcing(
                        REDACTOR,
                        new ActionPlan(Map.of(), Action.PSEUDONYMIZE),
                        Surrogates.of("another tenant's key".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .redact(List.of(Slot.text("ana@example.com")));
        String stranger = theirs.slots().getFirst().text();

        Outcome.Redacted ours = redacted(Slot.text("ana@example.com wrote " + stranger));

        assertThat(ours.vault().restore(ours.slots().getFirst().text())).isEqualTo("ana@example.com wrote " + stranger);
    }

    private static Detector failing(RuntimeException failure) {
        return new Detector() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public void find(String text, Consumer<Finding> found) {
                if (text.contains("trap")) throw failure;
            }
        };
    }

    @Test
    void redact_detectorThatThrows_saysWhichSlotAndQuotesNothing() {
        Conversation conversation = Conversation.enforcing(
                Redactor.of(List.of(failing(new IllegalStateException("quotes the trap")))),
                new ActionPlan(Map.of(), Action.MASK),
                SURROGATES);

        assertThatExceptionOfType(RedactionFailedException.class)
                .isThrownBy(() -> conversation.redact(List.of(Slot.text("fine"), Slot.text("a trap"))))
                .satisfies(failure -> {
                    assertThat(failure.slot()).isEqualTo(1);
                    assertThat(failure).hasNoCause().hasMessageNotContaining("trap");
                });
    }

    @Test
    void find_interruptedThread_givesUp() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> REDACTOR.find("ana@example.com"))
                    .isInstanceOf(RedactionFailedException.class)
                    .hasMessageContaining("the time was over");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void cache_failedSearch_remembersNothing() {
        FindingsCache cache = new FindingsCache(10_000, Duration.ofMinutes(1), java.time.Instant::now);
        Conversation conversation = Conversation.enforcing(
                        Redactor.of(List.of(failing(new IllegalStateException("no")))),
                        new ActionPlan(Map.of(), Action.MASK),
                        SURROGATES)
                .with(cache);

        assertThatThrownBy(() -> conversation.redact(List.of(Slot.text("this is a trap for detectors"))))
                .isInstanceOf(RedactionFailedException.class);
        assertThat(cache.bytes()).isZero();
    }
}
