// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** Writes maps, lists, text, numbers and truth values as indented JSON. */
final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText json = new JsonText();
        json.write(value, "\n");
        return json.text.append('\n').toString();
    }

    private void write(Object value, String newLine) {
        switch (value) {
            case Map<?, ?> map -> writeMap(map, newLine);
            case Collection<?> items -> writeList(items, newLine);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> quote(value.toString());
        }
    }

    private void writeMap(Map<?, ?> map, String newLine) {
        text.append('{');
        String inner = newLine + "  ";
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            text.append(inner);
            quote(entry.getKey().toString());
            text.append(": ");
            write(entry.getValue(), inner);
            text.append(entries.hasNext() ? "," : newLine);
        }
        text.append('}');
    }

    private void writeList(Collection<?> items, String newLine) {
        text.append('[');
        String separator = "";
        for (Object item : items) {
            text.append(separator);
            write(item, newLine + "  ");
            separator = ", ";
        }
        text.append(']');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c < ' ') text.append(String.format("\\u%04x", (int) c));
            else text.append(c);
        }
        text.append('"');
    }
}
