// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ways to write one ASCII character as several: HTML entities, {@code \\u0040}, {@code %40}, {@code =40}. */
final class Escapes {
    private static final Pattern ESCAPE = Pattern.compile(
            "&#(\\d{2,6});|&#[xX]([0-9a-fA-F]{2,5});|&(commat|period|lowbar|hyphen|num|sol|colon|plus|nbsp|shy|zwnj|zwj);"
                    + "|\\\\u00([2-7][0-9a-fA-F])|%([2-7][0-9A-Fa-f])|=([2-7][0-9A-F])|\\\\x([2-7][0-9a-fA-F])");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("commat", "@"),
            Map.entry("period", "."),
            Map.entry("lowbar", "_"),
            Map.entry("hyphen", "-"),
            Map.entry("num", "#"),
            Map.entry("sol", "/"),
            Map.entry("colon", ":"),
            Map.entry("plus", "+"),
            Map.entry("nbsp", " "),
            Map.entry("shy", ""),
            Map.entry("zwnj", ""),
            Map.entry("zwj", ""));

    private final Matcher matcher;

    Escapes(String text) {
        this.matcher = ESCAPE.matcher(text);
    }

    /** What the escape at {@code index} means; null where none stands there. */
    @Nullable
    String at(int index, String text) {
        if ("&\\%=".indexOf(text.charAt(index)) < 0) return null;
        if (!matcher.region(index, text.length()).lookingAt()) return null;
        if (matcher.group(1) != null) return character(Integer.parseInt(matcher.group(1)));
        if (matcher.group(3) != null) return NAMED.get(matcher.group(3));
        for (int group : new int[] {2, 4, 5, 6, 7})
            if (matcher.group(group) != null) return character(Integer.parseInt(matcher.group(group), 16));
        return null;
    }

    /** Where the escape found last ends. */
    int end() {
        return matcher.end();
    }

    private static @Nullable String character(int codePoint) {
        return Character.isValidCodePoint(codePoint) && codePoint >= ' ' ? Character.toString(codePoint) : null;
    }
}
