// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** C's {@code strftime}, in English. */
final class Dates {
    private Dates() {}

    static String format(String format, ZonedDateTime now) {
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            c = format.charAt(++i);
            boolean bare = c == '-' && i + 1 < format.length();
            String part = part(bare ? format.charAt(++i) : c, now);
            out.append(bare ? part.replaceFirst("^0+(?=\\d)", "") : part);
        }
        return out.toString();
    }

    private static String part(char c, ZonedDateTime now) {
        return switch (c) {
            case '%' -> "%";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> DateTimeFormatter.ofPattern(pattern(c), Locale.ENGLISH).format(now);
        };
    }

    private static String pattern(char c) {
        return switch (c) {
            case 'd' -> "dd";
            case 'm' -> "MM";
            case 'y' -> "yy";
            case 'Y' -> "yyyy";
            case 'B' -> "MMMM";
            case 'b', 'h' -> "MMM";
            case 'A' -> "EEEE";
            case 'a' -> "EEE";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'p' -> "a";
            case 'j' -> "DDD";
            case 'f' -> "SSSSSS";
            case 'Z' -> "zzz";
            case 'z' -> "xx";
            case 'F' -> "yyyy-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'D' -> "MM/dd/yy";
            case 'R' -> "HH:mm";
            case 'e' -> "ppd";
            default -> throw TemplateException.operation("strftime: an unknown place");
        };
    }
}
