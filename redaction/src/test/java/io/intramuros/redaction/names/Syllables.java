// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Random;

/** Invented names, so that a model learns to find names that no list holds. */
final class Syllables {
    private static final String[] STARTS = {
        "B", "Br", "C", "Ch", "D", "Dr", "F", "G", "Gr", "H", "J", "K", "Kr", "L", "M", "N", "O", "P", "R", "S", "Sch",
        "St", "T", "Tr", "V", "W", "Y", "Z", "A", "E", "I", "Ng", "Ad", "Ok", "Ek"
    };
    private static final String[] MIDDLES = {"a", "e", "i", "o", "u", "ai", "ei", "ie", "ou", "ia", "á", "ö"};
    private static final String[] LINKS = {
        "l", "n", "r", "m", "d", "k", "t", "s", "v", "nd", "rt", "ll", "nn", "st", "mb", "z", "sh", "rk"
    };
    private static final String[] ENDS = {
        "a", "o", "e", "en", "er", "an", "is", "ez", "ic", "ski", "wa", "u", "el", "in", "as", "ow", "y", "ulu", "ham"
    };

    private Syllables() {}

    static String name(Random random) {
        StringBuilder name = new StringBuilder(pick(STARTS, random))
                .append(pick(MIDDLES, random))
                .append(pick(LINKS, random));
        if (random.nextBoolean()) name.append(pick(MIDDLES, random)).append(pick(LINKS, random));
        return name.append(pick(ENDS, random)).toString();
    }

    private static String pick(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }
}
