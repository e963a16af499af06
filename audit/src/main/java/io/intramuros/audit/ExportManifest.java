// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an export says of itself.
 *
 * @param note with its signatures; null where it has none
 */
record ExportManifest(@Nullable SignedNote note, Map<String, Object> fields) {
    /**
     * One log's part.
     *
     * @param left the hashes of the perfect subtrees before the range, largest first
     * @param right those after it
     */
    record Part(
            String origin,
            long size,
            long from,
            long to,
            long rows,
            List<String> left,
            List<String> right,
            Map<?, ?> chain) {}

    /** A file of the export. */
    record Listed(String name, long rows, long bytes, String sha256) {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ExportManifest parse(byte[] bytes) {
        SignedNote note = SignedNote.parse(bytes);
        String text = note == null ? new String(bytes, StandardCharsets.UTF_8) : note.text();
        if (!text.startsWith(Bundle.HEAD) || !text.endsWith("\n"))
            throw new IllegalArgumentException("manifest: not readable (expected: intramuros-export/v1)");
        return new ExportManifest(note, JsonReader.read(text.substring(Bundle.HEAD.length(), text.length() - 1)));
    }

    List<Part> logs() {
        List<Part> parts = new ArrayList<>();
        for (Object each : list(fields, "logs")) {
            Map<?, ?> part = map(each);
            parts.add(new Part(
                    text(part, "origin"),
                    number(part, "size"),
                    number(part, "from"),
                    number(part, "to"),
                    number(part, "rows"),
                    texts(part, "left"),
                    texts(part, "right"),
                    map(part.get("chain"))));
        }
        return parts;
    }

    List<Listed> files() {
        List<Listed> files = new ArrayList<>();
        for (Object each : list(fields, "files")) {
            Map<?, ?> file = map(each);
            files.add(
                    new Listed(text(file, "name"), number(file, "rows"), number(file, "bytes"), text(file, "sha256")));
        }
        return files;
    }

    List<String> missing() {
        return texts(fields, "missing");
    }

    /** What was asked for, by name. */
    Map<?, ?> query() {
        return map(fields.get("query"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) return map;
        throw new IllegalArgumentException("manifest: something is missing (expected: an object)");
    }

    private static List<?> list(Map<?, ?> from, String name) {
        if (from.get(name) instanceof List<?> list) return list;
        throw new IllegalArgumentException("manifest: " + name + " is missing (expected: a list)");
    }

    private static List<String> texts(Map<?, ?> from, String name) {
        return list(from, name).stream().map(String::valueOf).toList();
    }

    static String text(Map<?, ?> from, String name) {
        if (from.get(name) instanceof String text) return text;
        throw new IllegalArgumentException("manifest: " + name + " is missing (expected: a text)");
    }

    static long number(Map<?, ?> from, String name) {
        if (from.get(name) instanceof Long number) return number;
        throw new IllegalArgumentException("manifest: " + name + " is missing (expected: a number)");
    }
}
