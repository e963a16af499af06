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
import io.intramuros.redaction.vault.Restorer;
import io.intramuros.redaction.vault.Surrogates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());
    private static final Surrogates SURROGATES = Surrogates.of(new byte[32]);

    private static ActionPlan all(Action action) {
        return new ActionPlan(Map.of(), action);
    }

    private static Outcome.Redacted redacted(ActionPlan plan, Slot... slots) {
        return (Outcome.Redacted)
                Conversation.enforcing(REDACTOR, plan, SURROGATES).redact(List.of(slots));
    }

    @Test
    void redact_mask_writesTheType() {
        var result = redacted(all(Action.MASK), Slot.text("Mail jane@example.com, card 4111 1111 1111 1111."));
        assertThat(result.slots().getFirst().text()).isEqualTo("Mail [EMAIL], card [CREDIT_CARD].");
        Applied card = result.slots().getFirst().findings().getLast();
        assertThat(card.start()).isEqualTo(28);
        assertThat(card.end()).isEqualTo(47);
        assertThat(card.replacement()).isEqualTo("[CREDIT_CARD]");
        assertThat(result.counts().byType())
                .isEqualTo(Map.of(
                        EntityType.EMAIL, Map.of(Action.MASK, 1), EntityType.CREDIT_CARD, Map.of(Action.MASK, 1)));
    }

    @Test
    void redact_pseudonymize_comesBackWhole() {
        String text = "Write to jane@example.com or +44 20 7946 0958 about DE89 3704 0044 0532 0130 00.";
        var result = redacted(all(Action.PSEUDONYMIZE), Slot.text(text));
        String safe = result.slots().getFirst().text();
        assertThat(safe).doesNotContain("jane", "7946", "DE89").contains("[EMAIL_", "[PHONE_", "[IBAN_");
        assertThat(result.vault().restore(safe)).isEqualTo(text);
    }

    @Test
    void redact_valueFoundInOneSlot_isFoundWhereContextLacks() {
        var result = redacted(
                all(Action.PSEUDONYMIZE),
                Slot.text("My BSN is 452689272."),
                Slot.text("What is 452689272 for? x452689272"));
        String first = result.slots().get(0).text();
        String surrogate = first.substring(first.indexOf('['), first.indexOf(']') + 1);
        assertThat(result.slots().get(1).text()).isEqualTo("What is " + surrogate + " for? x452689272");
    }

    @Test
    void redact_block_namesTheTypeAndGivesNoText() {
        var plan = new ActionPlan(Map.of(EntityType.CREDIT_CARD, Action.BLOCK), Action.MASK);
        Outcome outcome = Conversation.enforcing(REDACTOR, plan, SURROGATES)
                .redact(List.of(Slot.text("a@b.eu"), Slot.text("4111 1111 1111 1111")));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Blocked.class, blocked -> {
            assertThat(blocked.because()).isEqualTo(Set.of(EntityType.CREDIT_CARD));
            assertThat(blocked.counts().total()).isEqualTo(2);
        });
    }

    @Test
    void redact_observing_countsAndChangesNothing() {
        var plan = new ActionPlan(Map.of(EntityType.CREDIT_CARD, Action.BLOCK), Action.PSEUDONYMIZE);
        var result = (Outcome.Redacted) Conversation.observing(REDACTOR, plan, SURROGATES)
                .redact(List.of(Slot.text("a@b.eu 4111 1111 1111 1111")));
        assertThat(result.slots().getFirst().text()).isEqualTo("a@b.eu 4111 1111 1111 1111");
        assertThat(result.vault().size()).isZero();
        assertThat(result.counts().byType().get(EntityType.CREDIT_CARD)).isEqualTo(Map.of(Action.BLOCK, 1));
    }

    @Test
    void redact_allow_keepsTheTextAndReportsTheFinding() {
        var result = redacted(all(Action.ALLOW), Slot.text("a@b.eu"));
        assertThat(result.slots().getFirst().text()).isEqualTo("a@b.eu");
        assertThat(result.slots().getFirst().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.replacement()).isNull());
    }

    @Test
    void redact_hash_isTheSameEveryTime() {
        String first = redacted(all(Action.HASH), Slot.text("a@b.eu"))
                .slots()
                .getFirst()
                .text();
        assertThat(first).matches("\\[EMAIL#[a-z2-7]{16}\\]");
        assertThat(redacted(all(Action.HASH), Slot.text("A@B.eu"))
                        .slots()
                        .getFirst()
                        .text())
                .isEqualTo(first);
    }

    @Test
    void redact_jsonArguments_staysJsonAndComesBack() {
        String raw =
                "{\"to\":\"jane\\u0040example.com\",\"note\":\"say \\\"hi\\\"\\nto 4111 1111 1111 1111\",\"card\":4111111111111111,"
                        + "\"n\":[1,2.5,-3e2,true,null],\"ana@b.eu\":{}}";
        var result = redacted(all(Action.PSEUDONYMIZE), Slot.json(raw));
        String safe = result.slots().getFirst().text();
        assertThat(safe)
                .matches(
                        "\\{\"to\":\"\\[EMAIL_\\w+\\]\",\"note\":\"say \\\\\"hi\\\\\"\\\\nto \\[CREDIT_CARD_\\w+\\]\","
                                + "\"card\":\"\\[CREDIT_CARD_\\w+\\]\",\"n\":\\[1,2.5,-3e2,true,null\\],\"\\[EMAIL_\\w+\\]\":\\{\\}\\}");
        Restorer restorer = result.vault().restorer(Place.JSON);
        assertThat(restorer.accept(safe) + restorer.finish())
                .contains("\"to\":\"jane@example.com\"", "\"ana@b.eu\":{}", "\"card\":\"4111 1111 1111 1111\"");
    }

    @Test
    void redact_argumentsThatAreNotJson_areTakenAsText() {
        var result = redacted(all(Action.MASK), Slot.json("{\"to\":\"jane@example.com"), Slot.json("jane@example.com"));
        assertThat(result.slots().get(0).text()).isEqualTo("{\"to\":\"[EMAIL]");
        assertThat(result.slots().get(1).text()).isEqualTo("[EMAIL]");
    }

    @Test
    void redact_surrogateInTheText_isLeftAloneAndOnlyRestoredWhenOurs() {
        var earlier = redacted(all(Action.PSEUDONYMIZE), Slot.text("jane@example.com"));
        String surrogate = earlier.slots().getFirst().text();
        var later = redacted(all(Action.PSEUDONYMIZE), Slot.text("Who is " + surrogate + "?"));
        assertThat(later.slots().getFirst().text()).isEqualTo("Who is " + surrogate + "?");
        assertThat(later.vault().restore(surrogate)).isEqualTo(surrogate);
        var both = redacted(all(Action.PSEUDONYMIZE), Slot.text("Who is " + surrogate + "? jane@example.com"));
        assertThat(both.vault().restore(both.slots().getFirst().text()))
                .isEqualTo("Who is jane@example.com? jane@example.com");
    }
}
