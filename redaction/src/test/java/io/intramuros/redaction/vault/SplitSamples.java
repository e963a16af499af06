// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes texts with surrogates in them, whole and damaged, ours and strangers', and says what each must become. */
final class SplitSamples {
    private static final List<String> PLAIN = List.of(
            "[1]",
            "[PERSON_]",
            "PERSON",
            "x_y",
            "(see)",
            "😀",
            "👩‍👩‍👧",
            "é",
            "e\u0301",
            "مرحبا",
            "日本",
            "[x][y]",
            "Date",
            "[PERSON_aaaaaaaa]",
            "EMAIL_bbbbbbbb",
            "\\",
            "[",
            "DATE_OF_",
            "a\\_b",
            "\u200b",
            "$1",
            "{}",
            "12:30");
    private static final List<String> BETWEEN = List.of(" ", ", ", ". ", "\n", "; ", " — ", " 😀 ", "\t", " | ");
    private static final String QUOTED = "Mc\"Quote\\ & Söhne\n\u0001";

    private final Random random;
    private final List<String[]> known = new ArrayList<>();

    /** Samples over four values of {@code vault}, which it mints. */
    SplitSamples(Vault vault, Random random) {
        this.random = random;
        know(vault, EntityType.PERSON, "Hans Müller");
        know(vault, EntityType.DATE_OF_BIRTH, "12.03.1980");
        know(vault, EntityType.ORGANIZATION, QUOTED);
        know(vault, EntityType.EMAIL, "h😀@example.com");
    }

    private void know(Vault vault, EntityType type, String value) {
        known.add(new String[] {vault.surrogateFor(type, value), value});
    }

    /** The next sample. */
    SplitLaw.Sample next(Place place) {
        StringBuilder text = new StringBuilder(place == Place.JSON ? "{\"a\":\"" : "");
        StringBuilder expected = new StringBuilder(text);
        for (int i = 0; i < 3; i++) {
            part(place, text, expected);
            String between = BETWEEN.get(random.nextInt(BETWEEN.size()));
            String written = place == Place.JSON ? escaped(between) : between;
            text.append(written);
            expected.append(written);
        }
        if (place == Place.TEXT && random.nextInt(3) == 0) {
            String surrogate = any()[0];
            String cut = surrogate.substring(0, 1 + random.nextInt(surrogate.length() - 2));
            text.append(cut);
            expected.append(cut);
        }
        String end = place == Place.JSON ? "\"}" : "";
        return new SplitLaw.Sample(text + end, expected + end);
    }

    private String[] any() {
        return known.get(random.nextInt(known.size()));
    }

    private void part(Place place, StringBuilder text, StringBuilder expected) {
        if (random.nextInt(3) == 0) {
            String plain = PLAIN.get(random.nextInt(PLAIN.size()));
            String written = place == Place.JSON ? escaped(plain) : plain;
            text.append(written);
            expected.append(written);
            return;
        }
        String[] one = any();
        String written = damaged(one[0]);
        text.append(place == Place.JSON ? escaped(written) : written);
        if (place == Place.JSON) JsonEscapes.append(one[1], expected);
        else expected.append(one[1]);
    }

    /** The surrogate as models write it, where it is still no other. */
    private String damaged(String surrogate) {
        String core = surrogate.substring(1, surrogate.length() - 1);
        int mark = core.lastIndexOf('_');
        return switch (random.nextInt(12)) {
            case 0 -> core;
            case 1 -> surrogate.toLowerCase(Locale.ROOT);
            case 2 -> surrogate.toUpperCase(Locale.ROOT);
            case 3 -> surrogate.replace("_", "\\_");
            case 4 -> "\\[" + core.replace("_", "\\_") + "\\]";
            case 5 -> "[ " + core + " ]";
            case 6 -> "[" + core.substring(0, mark) + " " + core.substring(mark + 1) + "]";
            case 7 -> "[" + core.substring(0, mark) + "-" + core.substring(mark + 1) + "]";
            case 8 -> "[" + core.substring(0, mark) + "_ " + core.substring(mark + 1) + "]";
            default -> surrogate;
        };
    }

    /** JSON for the inside of a string, some characters by number though they need not be. */
    private String escaped(String plain) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (random.nextInt(8) == 0) out.append("\\u").append("%04x".formatted((int) c));
            else JsonEscapes.append(String.valueOf(c), out);
        }
        return out.toString();
    }
}
