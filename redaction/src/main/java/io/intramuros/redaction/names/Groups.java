// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** How likely each language writes three characters in a row, which tells a text's language well enough to choose a model. */
final class Groups {
    private static final int LENGTH = 3;
    /** So much of a text tells its language. */
    private static final int MOST_TOKENS = 2000;

    /** In the order in which the file names them. */
    private static final List<Language> ORDER =
            List.of(Language.EN, Language.ES, Language.DE, Language.FR, Language.IT, Language.NL, Language.PT);

    private static final int LANGUAGES = ORDER.size();

    private final Table rows;
    /** For each group and language how unlikely it is, in sixteenths of a natural logarithm. */
    private final byte[] costs;

    private Groups(Table rows, byte[] costs) {
        this.rows = rows;
        this.costs = costs;
    }

    /** Those of this package, read once. */
    static Groups shipped() {
        return Shipped.GROUPS;
    }

    /** The language in which the words of {@code page} are likeliest. */
    Language language(Page page) {
        int[] sums = new int[LANGUAGES];
        int end = Math.min(page.size(), MOST_TOKENS);
        for (int i = 0; i < end; i++)
            if (page.shape(i) != Shape.MARK && page.shape(i) != Shape.NUMBER) add(page.lower(i), sums);
        int best = 0;
        for (int l = 1; l < LANGUAGES; l++) if (sums[l] < sums[best]) best = l;
        return ORDER.get(best);
    }

    private void add(String word, int[] sums) {
        String padded = " " + word + " ";
        for (int at = 0; at + LENGTH <= padded.length(); at++) {
            int row = rows.get(Hash.of(padded, at, at + LENGTH));
            if (row < 0) continue;
            for (int l = 0; l < LANGUAGES; l++) sums[l] += Byte.toUnsignedInt(costs[row + l]);
        }
    }

    private static Groups read() {
        String file = "languages.bin.gz";
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Resources.open(file), 1 << 16)))) {
            int size = in.readInt();
            Table rows = new Table(size);
            byte[] costs = new byte[size * LANGUAGES];
            int key = 0;
            for (int at = 0; at < costs.length; at += LANGUAGES) {
                key += Packed.read(in);
                rows.put(key, at);
                in.readFully(costs, at, LANGUAGES);
            }
            return new Groups(rows, costs);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": unreadable", e);
        }
    }

    private static final class Shipped {
        static final Groups GROUPS = read();
    }
}
