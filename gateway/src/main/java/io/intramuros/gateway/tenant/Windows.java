// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import io.intramuros.gateway.quota.Limit;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** The windows of limits as they are written: {@code PT1M}, {@code P1D}, {@code month}, or nothing. */
public final class Windows {
    private static final String EXPECTED = " (expected: PT1S to PT1H, P1D or month)";

    private Windows() {}

    /** The written form. */
    public static String write(Limit.Per per) {
        return switch (per) {
            case Limit.Per.Rate(Duration period) -> period.toString();
            case Limit.Per.Day() -> "P1D";
            case Limit.Per.Month() -> "month";
            case Limit.Per.Now() -> "";
        };
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Limit.Per read(String per) {
        return switch (per) {
            case "" -> new Limit.Per.Now();
            case "P1D", "PT24H", "day" -> new Limit.Per.Day();
            case "month", "P1M" -> new Limit.Per.Month();
            default -> rate(per);
        };
    }

    private static Limit.Per rate(String per) {
        try {
            return new Limit.Per.Rate(Duration.parse(per));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("per: no window" + EXPECTED, e);
        }
    }
}
