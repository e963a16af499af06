// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Place;

/**
 * One text of a conversation.
 *
 * @param text any text
 * @param place whether it is plain text or JSON; what is no JSON object or array is taken as plain text
 */
public record Slot(String text, Place place) {
    /** A slot of plain text. */
    public static Slot text(String text) {
        return new Slot(text, Place.TEXT);
    }

    /** A slot of JSON. */
    public static Slot json(String text) {
        return new Slot(text, Place.JSON);
    }

    @Override
    public String toString() {
        return "Slot[" + place + ", " + text.length() + " chars]";
    }
}
