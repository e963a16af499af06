// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.util.List;
import java.util.Map;

/** A value of a YAML file with its place. */
public sealed interface YamlNode {
    /** Where the value starts. */
    Place at();

    /** What the value is, as messages call it. */
    String kind();

    /**
     * A single value.
     *
     * @param text as written, without quotes
     * @param plain whether it stands without quotes, so that it may be a number, a truth value or null
     */
    record Scalar(Place at, String text, boolean plain) implements YamlNode {
        /** Whether YAML reads the value as nothing. */
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : plain ? PlainScalar.kindOf(text) : "text";
        }
    }

    /** Values in order. */
    record Sequence(Place at, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Values by key.
     *
     * @param entries in the order of the file
     */
    record Mapping(Place at, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a map";
        }
    }

    /**
     * One key of a {@link Mapping}.
     *
     * @param at where the key stands
     */
    record Entry(Place at, YamlNode value) {}
}
