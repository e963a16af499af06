// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.Place;
import org.jspecify.annotations.Nullable;

/**
 * Puts values back into a stream of text pieces. Whatever the pieces, the parts that come out join to what the whole
 * text gives. It holds back only an end that can still become a surrogate or a made-up value of the vault, so never
 * more than the longest one and a few marks. For one stream and one thread at a time.
 */
public final class Restorer {
    private final Known known;
    private final Place place;
    private final StringBuilder held = new StringBuilder();
    private char last = ' ';

    Restorer(Known known, Place place) {
        this.known = known;
        this.place = place;
    }

    /** Takes the next piece and gives what is certain by now. */
    public String accept(String piece) {
        if (known.isEmpty()) return piece;
        held.append(piece);
        return restore(false);
    }

    /** Gives what was held back; the stream is at its end. */
    public String finish() {
        return known.isEmpty() ? "" : restore(true);
    }

    /** The number of characters held back now. */
    public int held() {
        return held.length();
    }

    private String restore(boolean atEnd) {
        Units units = Units.of(held, place, atEnd);
        SurrogateMatcher matcher = new SurrogateMatcher(known, units, atEnd);
        StringBuilder out = new StringBuilder(held.length());
        int index = 0;
        while (index < units.size()) {
            int end = matcher.match(index, index == 0 ? last : units.at(index - 1));
            if (end == SurrogateMatcher.MORE) break;
            if (end == SurrogateMatcher.NONE) {
                out.append(held, units.rawStart(index), units.rawStart(index + 1));
                index++;
            } else {
                write(matcher.value(), out);
                index = end;
            }
        }
        if (index > 0) last = units.at(index - 1);
        held.delete(0, units.rawStart(index));
        return out.toString();
    }

    private void write(@Nullable String value, StringBuilder out) {
        if (value == null) throw new IllegalStateException("value: missing (expected: one for each match)");
        switch (place) {
            case TEXT -> out.append(value);
            case JSON -> JsonEscapes.append(value, out);
        }
    }

    @Override
    public String toString() {
        return "Restorer[" + place + ", " + held.length() + " held]";
    }
}
