// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** What is known of a word in lower case: whether it is a name, a town, an ordinary word, or several of these. */
final class Lexicon {
    static final int GIVEN = 1;
    static final int SURNAME = 2;
    static final int TOWN = 4;
    static final int COMMON = 8;
    static final int NEVER = 16;
    /** A town's name of several words begins with this word. */
    static final int TOWN_START = 32;

    /** Knows no word. */
    static final Lexicon EMPTY = new Lexicon(Map.of(), 1);

    private static final int EXPECTED_WORDS = 130_000;

    private final Map<String, Integer> flags;
    private final int longestTown;

    private Lexicon(Map<String, Integer> flags, int longestTown) {
        this.flags = flags;
        this.longestTown = longestTown;
    }

    /** The lists of this package, read once. */
    static Lexicon shipped() {
        return Shipped.LEXICON;
    }

    /** The flags of {@code word}, 0 for an unknown one. */
    int of(String word) {
        return flags.getOrDefault(word, 0);
    }

    /** The most words that a town's name has. */
    int longestTown() {
        return longestTown;
    }

    private static Lexicon read() {
        Map<String, Integer> flags = HashMap.newHashMap(EXPECTED_WORDS);
        int longest = 1;
        try (InputStream raw = Resources.open("lexicon.tsv.gz");
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(raw, 1 << 16), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                String word = line.substring(0, tab);
                int value = Integer.parseInt(line, tab + 1, line.length(), 10);
                flags.merge(word, value, (a, b) -> a | b);
                if ((value & TOWN) != 0) longest = Math.max(longest, begin(flags, word));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("lexicon.tsv.gz: unreadable", e);
        }
        return new Lexicon(flags, longest);
    }

    private static int begin(Map<String, Integer> flags, String town) {
        int space = town.indexOf(' ');
        if (space < 0) return 1;
        flags.merge(town.substring(0, space), TOWN_START, (a, b) -> a | b);
        return town.split(" ", -1).length;
    }

    private static final class Shipped {
        static final Lexicon LEXICON = read();
    }
}
