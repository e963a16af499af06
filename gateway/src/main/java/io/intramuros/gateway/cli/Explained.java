// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Shows a text with what was found in it: each find in its place, and below a line for each. */
final class Explained {
    private static final String OFF = "\u001b[0m";
    private static final double VALIDATED = 0.9;
    private static final double FORM = 0.8;

    private final String text;
    private final List<JsonNode> findings;
    private final boolean coloured;

    /**
     * Of an answer of the gateway.
     *
     * @param findings in the order of the text
     * @param coloured for a terminal; marks stand for colours elsewhere
     */
    Explained(String text, JsonNode findings, boolean coloured) {
        this.text = text;
        this.findings = findings.valueStream().toList();
        this.coloured = coloured;
    }

    /** The text, its finds marked. */
    String marked() {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (JsonNode found : findings) {
            int start = found.path("start").asInt();
            int end = found.path("end").asInt();
            if (start < from) continue; // the rest of a value that is cut in pieces
            out.append(harmless(text.substring(from, start)));
            mark(found, harmless(text.substring(start, end)), out);
            from = end;
        }
        return out.append(harmless(text.substring(from))).toString();
    }

    private void mark(JsonNode found, String value, StringBuilder out) {
        if (coloured)
            out.append(colour(found.path("action").asString())).append(value).append(OFF);
        else
            out.append("\u27e6")
                    .append(value)
                    .append('|')
                    .append(found.path("type").asString())
                    .append('\u27e7');
    }

    private static String colour(String action) {
        return switch (action) {
            case "block" -> "\u001b[1;31m";
            case "allow" -> "\u001b[32m";
            default -> "\u001b[1;33m";
        };
    }

    /** A line for each find: where it is, what it is, how sure that is and why, and what becomes of it. */
    Table lines() {
        Table table = new Table("at", "type", "kind", "score", "because", "detector", "action", "replacement");
        for (JsonNode found : findings)
            table.row(
                    place(found.path("start").asInt()),
                    found.path("type").asString(),
                    found.path("kind").asString("-"),
                    String.format(Locale.ROOT, "%.2f", found.path("score").asDouble()),
                    because(found.path("score").asDouble()),
                    found.path("detector").asString("-"),
                    found.path("action").asString(),
                    found.path("replacement").asString("-"));
        return table;
    }

    private static String because(double score) {
        if (score >= VALIDATED) return "validated";
        return score >= FORM ? "form" : "likely";
    }

    /** Line and column, both from 1. */
    private String place(int index) {
        int line = 1;
        int start = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return line + ":" + (text.codePointCount(start, index) + 1);
    }

    /** What a terminal would take for a command is shown as a dot. */
    private static String harmless(String part) {
        StringBuilder out = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            out.append(c != '\n' && c != '\t' && Character.isISOControl(c) ? '\u00b7' : c);
        }
        return out.toString();
    }
}
