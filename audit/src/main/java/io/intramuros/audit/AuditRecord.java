// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be recorded, before the log gives it its index and time. It holds names, counts and codes, never text that a
 * caller wrote.
 */
public final class AuditRecord {
    private final Map<String, Object> fields;

    private AuditRecord(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** Begins a record of a type, as {@code request.admitted}. */
    public static Builder of(String type) {
        return new Builder(type);
    }

    /** Its type. */
    public String type() {
        return String.valueOf(fields.get("type"));
    }

    /** The tenant; empty where it is nobody's. */
    String team() {
        return String.valueOf(fields.getOrDefault("team", ""));
    }

    Map<String, Object> fields() {
        return fields;
    }

    @Override
    public String toString() {
        return "AuditRecord[" + type() + "]";
    }

    /** Puts a record together. Empty texts are left out. */
    public static final class Builder {
        private final Map<String, Object> fields = new TreeMap<>();

        private Builder(String type) {
            with("type", type);
        }

        /** The request's id. */
        public Builder id(String id) {
            return with("id", id);
        }

        /** The tenant. */
        public Builder team(String team) {
            return with("team", team);
        }

        /** The project within it. */
        public Builder project(String project) {
            return with("project", project);
        }

        /** The id of the key or client, never the key. */
        public Builder key(String key) {
            return with("key", key);
        }

        /** Who did it, of the administrators. */
        public Builder actor(String actor) {
            return with("actor", actor);
        }

        /**
         * The model.
         *
         * @param asked as the request named it, which the caller wrote: cut where it is long
         * @param served the model that exists
         */
        public Builder model(String asked, String served) {
            fields.put("model", Map.of("asked", asked, "served", served));
            return this;
        }

        /** The node. */
        public Builder node(String node) {
            return with("node", node);
        }

        /** The version of the policies. */
        public Builder policy(String version) {
            return with("policy", version);
        }

        /** How often what was found, by type and action. */
        public Builder pii(Map<String, Map<String, Integer>> counts) {
            if (!counts.isEmpty()) fields.put("pii", new TreeMap<>(counts));
            return this;
        }

        /** The tokens of prompt and answer. */
        public Builder tokens(long in, long out) {
            fields.put("tokens", Map.of("in", in, "out", out));
            return this;
        }

        /** How it ended: {@code ok} or an error's code. */
        public Builder outcome(String outcome) {
            return with("outcome", outcome);
        }

        /** The HTTP status. */
        public Builder http(int status) {
            return with("http", status);
        }

        /** A further text. */
        public Builder with(String name, String value) {
            if (!value.isEmpty()) fields.put(name, value);
            return this;
        }

        /** A further number. */
        public Builder with(String name, long value) {
            fields.put(name, value);
            return this;
        }

        /** A further object of texts, whole numbers, truths, lists and objects, as what was changed from and to. */
        public Builder with(String name, Map<String, ?> value) {
            if (!value.isEmpty()) fields.put(name, new TreeMap<>(value));
            return this;
        }

        /**
         * The record, without some of its fields where they would make it larger than a record may be; their names then
         * stand in {@code cut}.
         *
         * @param droppable those that may be left out, the first one first
         */
        public AuditRecord buildWithin(List<String> droppable) {
            StringBuilder cut = new StringBuilder();
            for (String name : droppable) {
                if (Draft.of(new AuditRecord(fields)).size() <= Frames.MAX_ENTRY_BYTES) break;
                if (fields.remove(name) == null) continue;
                fields.put(
                        "cut", cut.append(cut.isEmpty() ? "" : " ").append(name).toString());
            }
            return build();
        }

        /** The record. */
        public AuditRecord build() {
            return new AuditRecord(Map.copyOf(fields));
        }
    }
}
