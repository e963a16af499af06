// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns what our own values refuse into answers of status 400. */
final class Checked {
    private Checked() {}

    /** A value, or 400 with what its constructor says. */
    static <T> T value(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            throw AdminError.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** A moment: an instant of ISO 8601, or a day, which begins at midnight UTC. */
    static Instant moment(String name, String written) {
        try {
            return written.contains("T")
                    ? Instant.parse(written)
                    : LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException _) {
            throw AdminError.invalid(name + ": no moment (expected: as 2031-05-01 or 2031-05-01T12:00:00Z)");
        }
    }

    /** A duration; a period of days, as {@code P30D}, is one too. */
    static Duration duration(String name, String written) {
        try {
            return Duration.parse(written);
        } catch (DateTimeException _) {
            throw AdminError.invalid(name + ": no duration (expected: as P30D or PT12H)");
        }
    }

    /** A constant by its name in lower case. */
    static <E extends Enum<E>> E constant(String name, String written, Class<E> of) {
        return Arrays.stream(of.getEnumConstants())
                .filter(each -> lower(each).equals(written))
                .findFirst()
                .orElseThrow(() -> AdminError.invalid(name + ": not one of them (expected: "
                        + Arrays.stream(of.getEnumConstants())
                                .map(Checked::lower)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
