// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.Set;
import java.util.function.Consumer;

/** Finds private keys in PEM armour (RFC 7468); one without an end reaches to the end of the text. */
public final class PrivateKeys implements Detector {
    private static final String KIND = "PRIVATE_KEY";
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LONGEST_LABEL = 48;

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return Set.of(EntityType.SECRET);
    }

    @Override
    public boolean mayFind(String text, int from) {
        return text.contains(BEGIN);
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        int start = text.indexOf(BEGIN);
        while (start >= 0) {
            int body = labelEnd(text, start + BEGIN.length());
            int end = start + BEGIN.length();
            if (body >= 0) {
                end = end(text, body) < 0 ? text.length() : end(text, body);
                found.accept(new Finding(EntityType.SECRET, KIND, start, end, 1, name()));
            }
            start = text.indexOf(BEGIN, end);
        }
    }

    /** Whether {@code finding} is a private key whose end {@code text} does not show. */
    public static boolean isOpen(Finding finding, String text) {
        return KIND.equals(finding.kind())
                && finding.end() == text.length()
                && end(text, finding.start()) != text.length();
    }

    /** Where the first end of a private key from {@code from} on ends; -1 where there is none. */
    public static int end(String text, int from) {
        int start = text.indexOf(END, from);
        while (start >= 0) {
            int end = labelEnd(text, start + END.length());
            if (end >= 0) return end;
            start = text.indexOf(END, start + 1);
        }
        return -1;
    }

    /** Where a label that names a private key, and its dashes, end; -1 where it is another label or none. */
    private static int labelEnd(String text, int start) {
        int dashes = text.indexOf(DASHES, start);
        if (dashes < 0 || dashes - start > LONGEST_LABEL) return -1;
        return text.substring(start, dashes).contains("PRIVATE KEY") ? dashes + DASHES.length() : -1;
    }
}
