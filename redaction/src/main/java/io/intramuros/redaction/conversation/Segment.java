// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.vault.Units;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A piece of a stream as detectors see it: unescaped where it is JSON, and after what gives it context. */
final class Segment {
    private final String context;
    private final String text;
    private final String raw;
    private final Place place;
    private final Units units;
    private final BitSet quoted;

    private Segment(String context, String raw, Place place, Units units, BitSet quoted) {
        this.context = context;
        this.text = units.size() == raw.length() ? context + raw : unescaped(context, units);
        this.raw = raw;
        this.place = place;
        this.units = units;
        this.quoted = quoted;
    }

    /**
     * The segment {@code raw} of a stream.
     *
     * @param context the unescaped text before it
     * @param inString whether it starts within a JSON string
     */
    static Segment of(String context, String raw, Place place, boolean inString) {
        Units units = Units.of(raw, place, true);
        BitSet quoted = new BitSet();
        boolean inside = inString;
        for (int i = 0; i < units.size(); i++) {
            boolean quote = units.at(i) == '"' && units.rawStart(i + 1) - units.rawStart(i) == 1;
            if (quote) inside = !inside;
            quoted.set(i, inside && !quote);
        }
        quoted.set(units.size(), inside);
        return new Segment(context, raw, place, units, quoted);
    }

    /** What detectors see. */
    String text() {
        return text;
    }

    private static String unescaped(String context, Units units) {
        StringBuilder text = new StringBuilder(context);
        for (int i = 0; i < units.size(); i++) text.append(units.at(i));
        return text.toString();
    }

    /** The part of a finding that lies in the raw segment, with its indexes; null where none does. */
    @Nullable
    Finding raw(Finding finding) {
        int start = Math.max(0, finding.start() - context.length());
        int end = finding.end() - context.length();
        if (end <= start) return null;
        if (place == Place.JSON && quoted.get(start)) end = Math.min(end, quoted.nextClearBit(start));
        int rawStart = units.rawStart(start);
        int rawEnd = units.rawStart(end);
        if (isBareJson(start)) {
            while (rawStart > 0 && isNumber(raw.charAt(rawStart - 1))) rawStart--;
            while (rawEnd < raw.length() && isNumber(raw.charAt(rawEnd))) rawEnd++;
        }
        return new Finding(finding.type(), finding.kind(), rawStart, rawEnd, finding.score(), finding.detector());
    }

    /** Whether what replaces this finding needs quotes to stay JSON. */
    boolean needsQuotes(Finding finding) {
        return isBareJson(Math.max(0, finding.start() - context.length()));
    }

    /** Whether the segment ends within a JSON string. */
    boolean endsInString() {
        return quoted.get(units.size());
    }

    /** What of the text gives context to what comes, {@code most} characters or fewer. */
    String context(int most) {
        return tail(text, most);
    }

    /** The last {@code most} characters of {@code text} or fewer, from the start of a word. */
    static String tail(String text, int most) {
        int start = Math.max(0, text.length() - most);
        while (start > 0 && start < text.length() && !Character.isWhitespace(text.charAt(start - 1))) start++;
        return text.substring(start);
    }

    private boolean isBareJson(int index) {
        return place == Place.JSON && !quoted.get(index);
    }

    private static boolean isNumber(char c) {
        return (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0;
    }
}
