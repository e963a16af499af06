// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

/** Writes text for the inside of a JSON string (RFC 8259 §7). */
public final class JsonEscapes {
    private static final String HEX = "0123456789abcdef";

    private JsonEscapes() {}

    /** The {@code text} with what JSON demands escaped. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        append(text, out);
        return out.toString();
    }

    /** Appends {@code text} with what JSON demands escaped. */
    static void append(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    else out.append(c);
                }
            }
        }
    }
}
