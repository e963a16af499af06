// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.gateway.exchange.AnswerBlocked;
import io.intramuros.gateway.exchange.AnswerTally;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.TextSlot.Form;
import io.intramuros.policies.Decision;
import io.intramuros.policies.Verdict;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of one text back to the caller: screened, restored and whole, however it is cut. */
class AnswerFilterTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());
    private static final Surrogates SURROGATES = Surrogates.of(new byte[32]);
    private static final String TOKEN = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    private final Vault vault = new Vault(SURROGATES);
    private final String ana = vault.surrogateFor(EntityType.EMAIL, "ana@example.com");
    private final AnswerTally tally = new AnswerTally();

    private AnswerText.Filters filters(ActionPlan response, boolean restore) {
        Decision decision = new Decision(
                "v",
                List.of(),
                new Verdict.Allow(),
                new ActionPlan(Map.of(), Action.ALLOW),
                response,
                restore,
                OptionalInt.empty(),
                Set.of(),
                List.of());
        return new AnswerFilters(REDACTOR, decision, vault, SURROGATES, tally);
    }

    private static ActionPlan plan(Action secrets, Action others) {
        return new ActionPlan(Map.of(EntityType.SECRET, secrets), others);
    }

    @Test
    void whole_valueThatThePolicyMasksInAnswers_isStillRestoredWhereItIsOurs() {
        AnswerText.Filters filters = filters(plan(Action.MASK, Action.MASK), true);

        assertThat(filters.whole(Form.TEXT, "For " + ana + ", not bob@example.org: " + TOKEN))
                .isEqualTo("For ana@example.com, not [EMAIL]: [SECRET]");
        assertThat(tally.text()).isEqualTo("EMAIL.mask=1 SECRET.mask=1");
    }

    @Test
    void whole_policyThatDoesNotRestore_leavesSurrogates() {
        assertThat(filters(plan(Action.MASK, Action.ALLOW), false).whole(Form.TEXT, "For " + ana))
                .isEqualTo("For " + ana);
    }

    @Test
    void accept_blockedValue_throwsAndCounts() {
        AnswerText text = filters(plan(Action.BLOCK, Action.ALLOW), true).open(Form.TEXT);

        assertThat(text.accept("It is ")).isEqualTo("It is ");
        assertThatThrownBy(() -> text.accept(TOKEN + " there"))
                .isInstanceOfSatisfying(
                        AnswerBlocked.class,
                        blocked -> assertThat(blocked.because()).isEqualTo("SECRET"));
        assertThat(tally.text()).isEqualTo("SECRET.block=1");
    }

    @Test
    void isSearching_onlyWhereThePlanActs() {
        assertThat(filters(plan(Action.MASK, Action.ALLOW), true).isSearching()).isTrue();
        assertThat(filters(plan(Action.ALLOW, Action.ALLOW), true).isSearching())
                .isFalse();
        assertThat(filters(plan(Action.ALLOW, Action.ALLOW), true)).hasToString("AnswerFilters");
    }

    @Test
    void accept_halvesOfAPair_waitForEachOther() {
        AnswerText text = filters(plan(Action.ALLOW, Action.ALLOW), true).open(Form.TEXT);

        assertThat(text.accept("a\ud83d")).isEqualTo("a");
        assertThat(text.accept("")).isEmpty();
        assertThat(text.accept("\ude00b")).isEqualTo("\ud83d\ude00b");
        assertThat(text.accept("\ude00\ud83d")).isEqualTo("\ufffd");
        assertThat(text.accept("c")).isEqualTo("\ufffdc");
        assertThat(text.accept("\ud83d")).isEmpty();
        assertThat(text.finish()).isEqualTo("\ufffd");
        assertThat(text.finish()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"TEXT", "JSON"})
    void accept_anyCuts_joinToTheWhole(Form form) {
        AnswerText.Filters filters = filters(plan(Action.MASK, Action.MASK), true);
        String inner = "Dear " + ana + " \ud83d\ude00 use " + TOKEN + " or card 4111 1111 1111 1111 now, " + ana;
        String text = form == Form.JSON ? "{\"a\":\"" + inner + "\",\"n\":4111111111111111}" : inner;
        String whole = filters.whole(form, text);
        Random random = new Random(99);

        assertThat(whole)
                .contains("ana@example.com", "[SECRET]", "[CREDIT_CARD]")
                .doesNotContain("4111", "ghp_");
        for (int round = 0; round < 2_000; round++) {
            AnswerText filter = filters.open(form);
            StringBuilder out = new StringBuilder();
            for (int from = 0; from < text.length(); ) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(1 + round % 40));
                out.append(filter.accept(text.substring(from, to)));
                from = to;
            }
            assertThat(out.append(filter.finish()).toString()).isEqualTo(whole);
        }
    }
}
