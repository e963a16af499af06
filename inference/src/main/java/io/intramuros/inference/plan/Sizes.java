// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.plan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,3})?)\\s*([KMGT]?)(i?)B?");
    private static final String UNITS = "KMGT";
    static final long GIB = 1L << 30;

    private Sizes() {}

    /** Bytes of a text such as {@code 24GiB}, {@code 24G} or {@code 500MB}. */
    static long parse(String name, String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + ": not an amount (expected: such as 24GiB)");
        }
        int power = UNITS.indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1);
        boolean decimal = text.endsWith("B") && matcher.group(3).isEmpty();
        double bytes = Double.parseDouble(matcher.group(1)) * Math.pow(decimal ? 1000 : 1024, power);
        if (bytes < 1 || bytes > 1L << 50) {
            throw new IllegalArgumentException(name + ": out of range (expected: up to 1024TiB)");
        }
        return (long) bytes;
    }

    /** A text of three digits or so. */
    static String of(long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return bytes < GIB
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0)
                : String.format(Locale.ROOT, "%.2f GiB", bytes / (double) GIB);
    }
}
