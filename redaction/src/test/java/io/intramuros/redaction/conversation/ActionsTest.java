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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each action does, in requests and in answers. */
class ActionsTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());
    private static final Surrogates SURROGATES = Surrogates.of(new byte[32]);
    private static final String EMAIL = "ana.garcia@corp.eu";
    private static final String CARD = "4111 1111 1111 1111";
    private static final String TEXT = "Write to " + EMAIL + " about card " + CARD + " today";

    private static ActionPlan all(Action action) {
        return new ActionPlan(Map.of(), action);
    }

    private static Outcome.Redacted redacted(Action action, Slot... slots) {
        return (Outcome.Redacted)
                Conversation.enforcing(REDACTOR, all(action), SURROGATES).redact(List.of(slots));
    }

    private static String back(Outcome.Redacted redacted, int slot, Place place) {
        Restorer restorer = redacted.vault().restorer(place);
        return restorer.accept(redacted.slots().get(slot).text()) + restorer.finish();
    }

    private static String screened(Action action, Place place, String text) {
        Screen screen = new Screen(REDACTOR, all(action), SURROGATES, place);
        return screen.accept(text) + screen.finish();
    }

    @Test
    void allow_leavesTheTextAndCounts() {
        Outcome.Redacted result = redacted(Action.ALLOW, Slot.text(TEXT));

        assertThat(result.slots().getFirst().text()).isEqualTo(TEXT);
        assertThat(result.counts().of(EntityType.EMAIL)).isEqualTo(1);
        assertThat(screened(Action.ALLOW, Place.TEXT, TEXT)).isEqualTo(TEXT);
    }

    @Test
    void mask_writesTheTypeAndNothingComesBack() {
        Outcome.Redacted result = redacted(Action.MASK, Slot.text(TEXT));

        assertThat(result.slots().getFirst().text()).isEqualTo("Write to [EMAIL] about card [CREDIT_CARD] today");
        assertThat(back(result, 0, Place.TEXT))
                .isEqualTo(result.slots().getFirst().text());
        assertThat(screened(Action.MASK, Place.TEXT, TEXT))
                .isEqualTo("Write to [EMAIL] about card [CREDIT_CARD] today");
    }

    @Test
    void pseudonymize_comesBackInRequestsAndNotInAnswers() {
        Outcome.Redacted result = redacted(Action.PSEUDONYMIZE, Slot.text(TEXT));

        assertThat(result.slots().getFirst().text())
                .doesNotContain("ana.garcia", "4111")
                .contains("[EMAIL_");
        assertThat(back(result, 0, Place.TEXT)).isEqualTo(TEXT);
        assertThat(screened(Action.PSEUDONYMIZE, Place.TEXT, TEXT))
                .isEqualTo(result.slots().getFirst().text());
    }

    @Test
    void hash_isTheSameEachTimeAndNeverComesBack() {
        Outcome.Redacted result = redacted(Action.HASH, Slot.text(TEXT), Slot.text(TEXT));

        assertThat(result.slots().get(0)).isEqualTo(result.slots().get(1));
        assertThat(result.slots().getFirst().text())
                .matches("Write to \\[EMAIL#[a-z2-7]{16}] about card \\[CREDIT_CARD#[a-z2-7]{16}] today");
        assertThat(back(result, 0, Place.TEXT))
                .isEqualTo(result.slots().getFirst().text());
        assertThat(screened(Action.HASH, Place.TEXT, TEXT))
                .isEqualTo(result.slots().getFirst().text());
    }

    @Test
    void encrypt_comesBackByTheTenantsKeyAlone() {
        Outcome.Redacted result = redacted(Action.ENCRYPT, Slot.text(TEXT));
        String sealed = result.slots().getFirst().text();

        assertThat(sealed).doesNotContain("ana.garcia", "4111").contains("[EMAIL:1:");
        assertThat(back(result, 0, Place.TEXT)).as("not on the answer's way").isEqualTo(sealed);
        assertThat(SURROGATES.encryption().decrypt(sealed, (_, _) -> {})).isEqualTo(TEXT);
        assertThat(screened(Action.ENCRYPT, Place.TEXT, TEXT)).isEqualTo(sealed);
    }

    @Test
    void synthesize_hasTheFormAndComesBack() {
        Outcome.Redacted result = redacted(Action.SYNTHESIZE, Slot.text(TEXT));
        String made = result.slots().getFirst().text();

        assertThat(made)
                .matches(
                        "Write to [a-z]+\\.[a-z]+\\d+@example\\.(com|org|net) about card 4111 \\d{4} \\d{4} \\d{4} today")
                .doesNotContain("1111 1111");
        assertThat(REDACTOR.find(made)).hasSize(2);
        assertThat(back(result, 0, Place.TEXT)).isEqualTo(TEXT);
        assertThat(redacted(Action.SYNTHESIZE, Slot.text("again " + TEXT))
                        .slots()
                        .getFirst()
                        .text())
                .as("stable over requests")
                .isEqualTo("again " + made);
        assertThat(screened(Action.SYNTHESIZE, Place.TEXT, TEXT)).isEqualTo(made);
    }

    @Test
    void synthesize_valueThatStandsInTheText_isNotMadeUp() {
        String made = redacted(Action.SYNTHESIZE, Slot.text("To " + EMAIL))
                .slots()
                .getFirst()
                .text()
                .substring(3);

        Outcome.Redacted result =
                redacted(Action.SYNTHESIZE, Slot.text("To " + EMAIL), Slot.text("cc " + made + " please"));

        assertThat(result.slots().get(0).text()).isNotEqualTo("To " + made);
        assertThat(result.slots().get(1).text()).doesNotContain(made);
        assertThat(back(result, 0, Place.TEXT)).isEqualTo("To " + EMAIL);
        assertThat(back(result, 1, Place.TEXT)).isEqualTo("cc " + made + " please");
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"MASK", "PSEUDONYMIZE", "HASH", "ENCRYPT", "SYNTHESIZE"})
    void everyAction_onJson_leavesJson(Action action) {
        String json = "{\"to\":\"" + EMAIL + "\",\"card\":4111111111111111,\"key\":\"-----BEGIN PRIVATE KEY-----\\nQUJD"
                + "\\n-----END PRIVATE KEY-----\",\"quote\":\"password: a\\\\b'c9\"}";

        Outcome.Redacted result = redacted(action, Slot.json(json));

        String safe = result.slots().getFirst().text();
        assertThat(JsonScan.of(safe)).as(safe).isNotNull();
        assertThat(safe).doesNotContain("ana.garcia", "411111111", "QUJD");
        assertThat(JsonScan.of(screened(action, Place.JSON, json))).isNotNull();
    }

    @Test
    void written_byAnEarlierTurn_isNotRewritten() {
        for (Action action : List.of(Action.MASK, Action.PSEUDONYMIZE, Action.HASH, Action.ENCRYPT)) {
            String first = redacted(action, Slot.text(TEXT)).slots().getFirst().text();

            assertThat(redacted(Action.MASK, Slot.text(first))
                            .slots()
                            .getFirst()
                            .text())
                    .as("%s", action)
                    .isEqualTo(first);
        }
    }

    @Test
    void block_refusesAndSaysWhichTypes() {
        Outcome outcome = Conversation.enforcing(
                        REDACTOR, new ActionPlan(Map.of(EntityType.EMAIL, Action.BLOCK), Action.MASK), SURROGATES)
                .redact(List.of(Slot.text(TEXT)));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Blocked.class, blocked -> {
            assertThat(blocked.because()).containsExactly(EntityType.EMAIL);
            assertThat(blocked.counts().total()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void observing_changesNothingWhateverTheAction(Action action) {
        Outcome outcome =
                Conversation.observing(REDACTOR, all(action), SURROGATES).redact(List.of(Slot.text(TEXT)));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Redacted.class, watched -> {
            assertThat(watched.slots().getFirst().text()).isEqualTo(TEXT);
            assertThat(watched.slots().getFirst().findings())
                    .hasSize(2)
                    .allSatisfy(found -> assertThat(found.action()).isEqualTo(action));
        });
    }

    @Test
    void screen_valueMadeUpInTheRequest_isLetThroughToTheRestorer() {
        Outcome.Redacted result = redacted(Action.SYNTHESIZE, Slot.text("To " + EMAIL));
        String made = result.slots().getFirst().text().substring(3);
        Screen screen = new Screen(REDACTOR, all(Action.MASK), SURROGATES, Place.TEXT, result.vault()::isMadeUp);

        assertThat(screen.accept("Sent to " + made + " and x@y.eu now") + screen.finish())
                .isEqualTo("Sent to " + made + " and [EMAIL] now");
    }
}
