// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.AnswerTally;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.policies.Decision;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.conversation.Screen;
import io.intramuros.redaction.vault.Restorer;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens the filters of one exchange's answer.
 *
 * @param redactor with the detectors that the plan for answers needs
 * @param tally hears of what is found
 */
record AnswerFilters(Redactor redactor, Decision decision, Vault vault, Surrogates surrogates, AnswerTally tally)
        implements AnswerText.Filters {
    @Override
    public AnswerText open(TextSlot.Form form) {
        Place place = form == TextSlot.Form.JSON ? Place.JSON : Place.TEXT;
        Screen screen = new Screen(redactor, decision.response(), surrogates, place, vault::isMadeUp);
        return new AnswerFilter(
                screen, decision.restore() ? Optional.<Restorer>of(vault.restorer(place)) : Optional.empty(), tally);
    }

    @Override
    public boolean isSearching() {
        ActionPlan plan = decision.response();
        return Arrays.stream(EntityType.values()).anyMatch(type -> plan.actionFor(type) != Action.ALLOW);
    }

    @Override
    public String toString() {
        return "AnswerFilters";
    }
}
