// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

/**
 * A conversation as the template writes it. It knows which parts the template wrote itself: what a message spells is
 * never taken for one of the template's marks.
 */
public final class Rendered {
    private final Value.Str text;

    Rendered(Value.Str text) {
        this.text = text;
    }

    /** The whole text. */
    public String text() {
        return text.text();
    }

    /** Whether the template itself wrote all chars of a range. */
    public boolean isOwn(int from, int to) {
        return text.origin().ownsAll(from, to);
    }

    /** Says how long it is, and never what it says. */
    @Override
    public String toString() {
        return "Rendered[" + text.text().length() + " chars]";
    }
}
