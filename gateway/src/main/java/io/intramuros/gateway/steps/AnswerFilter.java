// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.AnswerBlocked;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.policies.Decision;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.conversation.Screen;
import io.intramuros.redaction.vault.Restorer;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.util.Optional;

/** One text of an answer: screened for what the model must not say, then its surrogates restored. */
final class AnswerFilter implements AnswerText {
    private final Screen screen;
    private final Optional<Restorer> restorer;

    AnswerFilter(Redactor redactor, Decision decision, Vault vault, Surrogates surrogates, TextSlot.Form form) {
        Place place = form == TextSlot.Form.JSON ? Place.JSON : Place.TEXT;
        this.screen = new Screen(redactor, decision.response(), surrogates, place);
        this.restorer = decision.restore() ? Optional.of(vault.restorer(place)) : Optional.empty();
    }

    @Override
    public String accept(String piece) {
        String passed = screened(screen.accept(piece));
        return restorer.map(r -> r.accept(passed)).orElse(passed);
    }

    @Override
    public String finish() {
        String rest = screened(screen.finish());
        return restorer.map(r -> r.accept(rest) + r.finish()).orElse(rest);
    }

    private String screened(String passed) {
        screen.blocked().ifPresent(type -> {
            throw new AnswerBlocked(type.name());
        });
        return passed;
    }
}
