// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.AnswerBlocked;
import io.intramuros.gateway.exchange.AnswerTally;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.redaction.conversation.Screen;
import io.intramuros.redaction.vault.Restorer;
import java.util.Optional;

/**
 * One text of an answer: screened for what the model must not say, then its surrogates restored, in one pass. What comes
 * out is whole Unicode: a surrogate pair that was cut waits for its other half, and a half that has none becomes U+FFFD,
 * as UTF-8 has no word for it.
 */
final class AnswerFilter implements AnswerText {
    private static final char REPLACEMENT = '\ufffd';

    private final Screen screen;
    private final Optional<Restorer> restorer;
    private final AnswerTally tally;
    private String half = "";
    private int told;

    AnswerFilter(Screen screen, Optional<Restorer> restorer, AnswerTally tally) {
        this.screen = screen;
        this.restorer = restorer;
        this.tally = tally;
    }

    @Override
    public String accept(String piece) {
        String passed = screened(screen.accept(piece));
        return whole(restorer.map(r -> r.accept(passed)).orElse(passed));
    }

    @Override
    public String finish() {
        String rest = screened(screen.finish());
        String out = whole(restorer.map(r -> r.accept(rest) + r.finish()).orElse(rest));
        String left = half.isEmpty() ? "" : String.valueOf(REPLACEMENT);
        half = "";
        return out + left;
    }

    private String screened(String passed) {
        int found = screen.found();
        if (found > told) screen.findings().subList(told, found).forEach(each -> tally.add(each.type(), each.action()));
        told = found;
        screen.blocked().ifPresent(type -> {
            throw new AnswerBlocked(type.name());
        });
        return passed;
    }

    private String whole(String out) {
        if (out.isEmpty()) return out;
        String joined = half + out;
        boolean cut = Character.isHighSurrogate(joined.charAt(joined.length() - 1));
        half = cut ? joined.substring(joined.length() - 1) : "";
        return withoutHalves(cut ? joined.substring(0, joined.length() - 1) : joined);
    }

    private static String withoutHalves(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (mended == null) mended = new StringBuilder(text);
            mended.setCharAt(i, REPLACEMENT);
        }
        return mended == null ? text : mended.toString();
    }

    @Override
    public String toString() {
        return "AnswerFilter[" + screen + "]";
    }
}
