// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import io.intramuros.redaction.vault.Restorer;
import io.intramuros.redaction.vault.Surrogates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A text with a mark goes through everything; the mark is in no toString and no exception. */
class CanaryTest {
    private static final String MARK = "canary-4711@example.com";
    private static final Surrogates SURROGATES = Surrogates.of(MARK.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    @Test
    void toString_ofAllThatHoldsText_showsNone() {
        Redactor redactor = Redactor.of(Patterns.detectors());
        var plan = new ActionPlan(Map.of(), Action.PSEUDONYMIZE);
        Slot slot = Slot.text("Mail " + MARK);
        var outcome = (Outcome.Redacted)
                Conversation.enforcing(redactor, plan, SURROGATES).redact(List.of(slot));
        Restorer restorer = outcome.vault().restorer(Place.TEXT);
        String surrogate = outcome.slots().getFirst().text().substring(5);
        assertThat(restorer.accept("Hello " + surrogate.substring(0, 9))).isEqualTo("Hello ");
        Screen screen = new Screen(redactor, plan, SURROGATES, Place.TEXT);
        screen.accept("Mail " + MARK);
        List<Object> all =
                new ArrayList<>(List.of(slot, outcome, outcome.vault(), restorer, screen, SURROGATES, redactor));
        all.addAll(outcome.slots());
        all.addAll(outcome.slots().getFirst().findings());
        all.addAll(screen.findings());
        assertThat(all).allSatisfy(one -> assertThat(one.toString()).doesNotContain("canary"));
        assertThat(outcome.slots().getFirst().text()).doesNotContain("canary");
    }

    @Test
    void redact_detectorThatQuotesTheText_throwsWithoutIt() {
        Detector quoting = new Detector() {
            @Override
            public String name() {
                return "quoting";
            }

            @Override
            public void find(String text, Consumer<Finding> found) {
                throw new IllegalStateException("cannot read " + text, new IllegalArgumentException(text));
            }
        };
        var plan = new ActionPlan(Map.of(), Action.MASK);
        var conversation = Conversation.enforcing(Redactor.of(List.of(quoting)), plan, SURROGATES);
        assertThatThrownBy(() -> conversation.redact(List.of(Slot.text(MARK)))).satisfies(e -> {
            StringWriter out = new StringWriter();
            e.printStackTrace(new PrintWriter(out));
            assertThat(out.toString()).doesNotContain("canary").contains("quoting");
        });
    }
}
