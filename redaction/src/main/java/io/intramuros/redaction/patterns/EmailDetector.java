// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.Set;
import java.util.function.Consumer;

/** Finds mail addresses around each {@code @} (RFC 5321 lengths; letters of any script). */
final class EmailDetector implements Detector {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return Set.of(EntityType.EMAIL);
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = localStart(text, at);
            int end = domainEnd(text, at + 1);
            if (start < at && end > at + 1 && !isInAuthority(text, start))
                found.accept(new Finding(EntityType.EMAIL, null, start, end, 0.9, name()));
        }
    }

    private static int localStart(String text, int at) {
        int start = at;
        while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) start--;
        while (start < at && !Character.isLetterOrDigit(text.charAt(start)) && text.charAt(start) != '_') start++;
        return text.charAt(at == 0 ? 0 : at - 1) == '.' ? at : start;
    }

    /** Whether what ends before {@code start} is a URL up to its user: what follows is no mail address then. */
    private static boolean isInAuthority(String text, int start) {
        for (int i = start - 1; i >= Math.max(0, start - LONGEST_LOCAL); i--) {
            char c = text.charAt(i);
            if (c == '/') return i > 1 && text.charAt(i - 1) == '/' && text.charAt(i - 2) == ':';
            if (c <= ' ' || c == '"' || c == '<' || c == '>') return false;
        }
        return false;
    }

    private static boolean isLocal(char c) {
        return isLetterOrDigit(c) || "._%+-'&".indexOf(c) >= 0;
    }

    /** Where the last label ends, if there are at least two and the last is no number; else {@code start}. */
    private static int domainEnd(String text, int start) {
        int end = start;
        int label = start;
        int dots = 0;
        while (end < text.length() && end - start < LONGEST_DOMAIN) {
            char c = text.charAt(end);
            if (c == '.' && end > label && end + 1 < text.length() && isLetterOrDigit(text.charAt(end + 1))) {
                label = end + 1;
                dots++;
            } else if (!isLetterOrDigit(c) && (c != '-' || end == label)) {
                break;
            }
            end++;
        }
        while (end > label && text.charAt(end - 1) == '-') end--;
        boolean named = end - label >= 2 && Character.isLetter(text.charAt(label));
        return dots > 0 && named ? end : start;
    }

    private static boolean isLetterOrDigit(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    @Override
    public boolean mayFind(String text, int from) {
        return text.indexOf('@') >= 0;
    }
}
