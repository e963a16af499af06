// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.patterns.Checksums.digit;
import static io.intramuros.redaction.patterns.Checksums.isDate;
import static io.intramuros.redaction.patterns.Checksums.luhn;
import static io.intramuros.redaction.patterns.Checksums.number;
import static io.intramuros.redaction.patterns.Checksums.uniform;
import static io.intramuros.redaction.patterns.Checksums.weighted;

/** The checksums of identifiers of Eastern Europe, Asia, Africa and Australia, without separators, upper case. */
final class WorldChecks {
    private static final String PPS_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";
    private static final String NRIC_LETTERS = "JZIHGFEDCBA";
    private static final String FIN_LETTERS = "XWUTRQPNMLK";
    private static final String FIN_M_LETTERS = "XWUTRQPNJLK";
    private static final String RESIDENT_CHECKS = "10X98765432";
    /** The multiplication of the dihedral group of order ten, row by row (Verhoeff). */
    private static final int[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    /** Verhoeff's permutation, which is applied once more for each place from the right. */
    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private WorldChecks() {}

    static boolean irishPps(String id) {
        int sum = weighted(id, 8, 7, 6, 5, 4, 3, 2);
        if (id.length() == 9) sum += 9 * PPS_LETTERS.indexOf(id.charAt(8));
        return PPS_LETTERS.charAt(sum % 23) == id.charAt(7);
    }

    /** Czech and Slovak: a woman's month counts 50 more, and where numbers ran out 20 more; ten digits since 1954. */
    static boolean rodneCislo(String id) {
        long month = number(id, 2, 4) % 50;
        if (month > 20) month -= 20;
        if (!isDate(number(id, 0, 2), month, number(id, 4, 6))) return false;
        long rest = number(id, 0, 9) % 11;
        return rest % 10 == digit(id, 9);
    }

    static boolean romanianCnp(String id) {
        int rest = weighted(id, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return isDate(number(id, 1, 3), number(id, 3, 5), number(id, 5, 7)) && (rest == 10 ? 1 : rest) == digit(id, 12);
    }

    /** Bulgarian: the month counts 20 more for the 19th century and 40 more for the 21st. */
    static boolean bulgarianEgn(String id) {
        int rest = weighted(id, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11;
        return isDate(number(id, 0, 2), number(id, 2, 4) % 20, number(id, 4, 6)) && rest % 10 == digit(id, 9);
    }

    /** Estonian and Lithuanian. */
    static boolean balticCode(String id) {
        int rest = weighted(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
        if (rest == 10) rest = weighted(id, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
        return isDate(number(id, 1, 3), number(id, 3, 5), number(id, 5, 7)) && rest == digit(id, 10);
    }

    static boolean greekAmka(String id) {
        return luhn(id) && isDate(number(id, 4, 6), number(id, 2, 4), number(id, 0, 2));
    }

    static boolean turkishNumber(String id) {
        int odd = weighted(id, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        int even = weighted(id, 0, 1, 0, 1, 0, 1, 0, 1, 0);
        int tenth = Math.floorMod(7 * odd - even, 10);
        return tenth == digit(id, 9) && (odd + even + tenth) % 10 == digit(id, 10);
    }

    static boolean australianTaxFile(String id) {
        return !uniform(id) && weighted(id, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;
    }

    static boolean australianMedicare(String id) {
        return weighted(id, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == digit(id, 8);
    }

    static boolean australianBusiness(String id) {
        return (weighted(id, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0;
    }

    /** Verhoeff's check over all digits, the check digit last. */
    static boolean aadhaar(String id) {
        int check = 0;
        for (int i = 0; i < id.length(); i++) {
            int value = digit(id, id.length() - 1 - i);
            for (int times = i % 8; times > 0; times--) value = PERMUTATION[value];
            check = DIHEDRAL[check][value];
        }
        return check == 0;
    }

    static boolean southAfricanId(String id) {
        return luhn(id) && isDate(number(id, 0, 2), number(id, 2, 4), number(id, 4, 6));
    }

    static boolean singaporeNric(String id) {
        int sum = weighted(id.substring(1), 2, 7, 6, 5, 4, 3, 2);
        return switch (id.charAt(0)) {
            case 'S' -> NRIC_LETTERS.charAt(sum % 11) == id.charAt(8);
            case 'T' -> NRIC_LETTERS.charAt((sum + 4) % 11) == id.charAt(8);
            case 'F' -> FIN_LETTERS.charAt(sum % 11) == id.charAt(8);
            case 'G' -> FIN_LETTERS.charAt((sum + 4) % 11) == id.charAt(8);
            default -> FIN_M_LETTERS.charAt((sum + 3) % 11) == id.charAt(8);
        };
    }

    /** Numbers given since October 2020 have no check digit; they are found near a word. */
    static boolean koreanNumber(String id) {
        return koreanDate(id) && (11 - weighted(id, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10 == digit(id, 12);
    }

    static boolean koreanDate(String id) {
        return isDate(number(id, 0, 2), number(id, 2, 4), number(id, 4, 6));
    }

    static boolean japaneseNumber(String id) {
        int rest = weighted(id, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return !uniform(id) && (rest <= 1 ? 0 : 11 - rest) == digit(id, 11);
    }

    /** ISO 7064 mod 11-2 over seventeen digits. */
    static boolean chineseResident(String id) {
        int sum = weighted(id, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
        return isDate(number(id, 6, 10), number(id, 10, 12), number(id, 12, 14))
                && RESIDENT_CHECKS.charAt(sum % 11) == id.charAt(17);
    }
}
