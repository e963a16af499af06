// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record that is in the log. */
public final class AuditEntry {
    private final long index;
    private final String json;
    private final Map<String, Object> fields;

    private AuditEntry(long index, String json, Map<String, Object> fields) {
        this.index = index;
        this.json = json;
        this.fields = fields;
    }

    static AuditEntry of(long index, byte[] leaf) {
        String json = new String(leaf, StandardCharsets.UTF_8);
        return new AuditEntry(index, json, JsonReader.read(json));
    }

    /** Its place in the log, from 0. */
    public long index() {
        return index;
    }

    /** What happened, as {@code request.completed}. */
    public String type() {
        return text("type");
    }

    /** When it was written, to the microsecond. */
    public Instant time() {
        return Instant.parse(text("ts"));
    }

    /** The canonical JSON, which is what the tree holds. */
    public String json() {
        return json;
    }

    /** The hash of its leaf, in hexadecimal digits. */
    public String leafHash() {
        return HexFormat.of().formatHex(Hashes.leaf(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** A text by its path, as {@code model.served}; empty where there is none. */
    public String text(String path) {
        Object value = value(path);
        return value == null ? "" : String.valueOf(value);
    }

    /** A number by its path; 0 where there is none. */
    public long number(String path) {
        return value(path) instanceof Long number ? number : 0;
    }

    /** Whether there is a field at a path. */
    boolean has(String path) {
        return value(path) != null;
    }

    /** The canonical form of an object by its path; empty where there is none. */
    public String object(String path) {
        return value(path) instanceof Map<?, ?> object ? CanonicalJson.any(object) : "";
    }

    /** The names within an object by its path. */
    public List<String> names(String path) {
        return value(path) instanceof Map<?, ?> object
                ? object.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Every field. */
    public Map<String, Object> fields() {
        return Map.copyOf(fields);
    }

    private @Nullable Object value(String path) {
        Map<?, ?> within = fields;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            if (!(within.get(names[i]) instanceof Map<?, ?> deeper)) return null;
            within = deeper;
        }
        return within.get(names[names.length - 1]);
    }
}
