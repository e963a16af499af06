// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import java.util.Arrays;
import java.util.Optional;

/** Where a stream may be cut without cutting what is looked for; decided by the text up to the cut alone. */
final class Cuts {
    /** What must stay whole, from the finest to the coarsest. */
    private enum Grain {
        TOKEN,
        NUMBER,
        DATE,
        NAME
    }

    /** What has white space in it is shorter than this, but for a rare name or address. */
    private static final int LONGEST_SPACED = 256;
    /** A secret without white space is shorter than this, but for private keys, which have their own rule. */
    private static final int LONGEST_TOKEN = 4096;

    private static final int LONGEST_ESCAPE = 6;
    private static final int LONGEST_MARKER = 40;
    private static final String MARKER = "-----";

    private final Grain grain;

    private Cuts(Grain grain) {
        this.grain = grain;
    }

    /** The cuts for what the plan acts on; empty where it allows everything. */
    static Optional<Cuts> forPlan(ActionPlan plan) {
        return Arrays.stream(EntityType.values())
                .filter(type -> plan.actionFor(type) != Action.ALLOW)
                .map(Cuts::grain)
                .max(Grain::compareTo)
                .map(Cuts::new);
    }

    private static Grain grain(EntityType type) {
        return switch (type.form()) {
            case WORD, VERBATIM, CODE -> Grain.TOKEN;
            case NAME, FREE -> Grain.NAME;
            case DATE -> Grain.DATE;
            case NUMBER -> Grain.NUMBER;
        };
    }

    /** The length of the next segment of {@code pending}; 0 where that is not yet certain. */
    int next(CharSequence pending, boolean atEnd) {
        int token = 0;
        int plain = 0;
        for (int i = 0; i < pending.length(); i++) {
            if (isBreak(pending.charAt(i))) {
                if (i > token) plain = isPlain(pending, token, i) ? plain + 1 : 0;
                token = i + 1;
                if (isCut(pending, i, plain) && !insideMarker(pending, i)) return i + 1;
            }
            if (i + 1 >= LONGEST_SPACED && token > 0) return token;
            if (i + 1 >= LONGEST_TOKEN) return i + 1 - unfinished(pending, i + 1);
        }
        return atEnd ? pending.length() : 0;
    }

    private boolean isCut(CharSequence text, int space, int plain) {
        if (text.charAt(space) == '\n') return true;
        return switch (grain) {
            case TOKEN -> true;
            case NUMBER -> plain >= 1;
            case DATE -> plain >= 3;
            case NAME -> plain >= 1 && space > 0 && ".!?。！？".indexOf(text.charAt(space - 1)) >= 0;
        };
    }

    /** White space, and the letters and marks of scripts that write no spaces. */
    private static boolean isBreak(char c) {
        return Character.isWhitespace(c) || c == '\u00a0' || (c >= '\u3000' && c <= '\u9fff');
    }

    /** A word that is no part of a number, date or grouped identifier. */
    private static boolean isPlain(CharSequence text, int start, int end) {
        boolean small = end - start > 4;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c) || c == '+' || c == '(' || c == '@') return false;
            small |= Character.isLowerCase(c);
        }
        return small;
    }

    /** Whether a {@code -----BEGIN …-----} or {@code -----END …-----} is still open at {@code index}. */
    private static boolean insideMarker(CharSequence text, int index) {
        for (int i = index - MARKER.length() - 1; i >= Math.max(0, index - LONGEST_MARKER); i--) {
            if (text.charAt(i) == '\n') return false;
            if (MARKER.contentEquals(text.subSequence(i, i + MARKER.length())))
                return "BE".indexOf(text.charAt(i + MARKER.length())) >= 0;
        }
        return false;
    }

    /** How many characters before {@code end} may be half of an escape or of a surrogate pair. */
    private static int unfinished(CharSequence text, int end) {
        if (Character.isHighSurrogate(text.charAt(end - 1))) return 1;
        for (int back = 1; back < LONGEST_ESCAPE; back++)
            if (text.charAt(end - back) == '\\') {
                int first = end - back;
                while (first > 0 && text.charAt(first - 1) == '\\') first--;
                return first > 0 ? end - first : 0;
            }
        return 0;
    }
}
