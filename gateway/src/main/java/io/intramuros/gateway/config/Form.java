// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The form of a setting's value: what is right, and how to say so. */
sealed interface Form {
    /** The rule in words, for messages and the reference. */
    String rule();

    /** Whether a written value obeys the rule. */
    boolean accepts(String value);

    /**
     * A whole number.
     *
     * @param unit what it counts
     */
    record Whole(long least, long most, String unit) implements Form {
        @Override
        public String rule() {
            return least + " to " + most + (unit.isEmpty() ? "" : " " + unit);
        }

        @Override
        public boolean accepts(String value) {
            try {
                long number = Long.parseLong(value);
                return number >= least && number <= most;
            } catch (NumberFormatException _) {
                return false; // that is the answer
            }
        }
    }

    /** A duration as ISO 8601 writes it. */
    record Time(Duration least, Duration most) implements Form {
        @Override
        public String rule() {
            return "an ISO 8601 duration, " + least + " to " + most;
        }

        @Override
        public boolean accepts(String value) {
            try {
                Duration duration = Duration.parse(value);
                return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
            } catch (DateTimeParseException _) {
                return false; // that is the answer
            }
        }
    }

    /** One of some words. */
    record Word(List<String> words) implements Form {
        @Override
        public String rule() {
            return String.join(" or ", words);
        }

        @Override
        public boolean accepts(String value) {
            return words.contains(value);
        }
    }

    /**
     * Any text.
     *
     * @param rule what it is
     */
    record Text(String rule) implements Form {
        @Override
        public boolean accepts(String value) {
            return true;
        }
    }
}
