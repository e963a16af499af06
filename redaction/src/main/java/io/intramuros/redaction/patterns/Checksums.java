// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import java.time.YearMonth;

/** The sums that many identifiers share. All take digits (and letters where said) without separators. */
final class Checksums {
    private Checksums() {}

    /** The digit at an index. */
    static int digit(String digits, int index) {
        return digits.charAt(index) - '0';
    }

    /** The digits from {@code start} to {@code end} as a number. */
    static long number(String digits, int start, int end) {
        return Long.parseLong(digits, start, end, 10);
    }

    /** The first digits times the weights, summed. */
    static int weighted(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) sum += digit(digits, i) * weights[i];
        return sum;
    }

    /** Luhn's sum (ISO/IEC 7812-1 annex B) with its check digit last. */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            sum += i % 2 == 0 ? digit : digitSum(2 * digit);
        }
        return sum % 10 == 0;
    }

    /** The sum of the digits of a number below 100. */
    static int digitSum(int number) {
        return number / 10 + number % 10;
    }

    /** ISO 7064 mod 97: the remainder of letters and digits, a letter counting 10 to 35. */
    static int mod97(String alphanumeric) {
        int rest = 0;
        for (int i = 0; i < alphanumeric.length(); i++) {
            int value = Character.digit(alphanumeric.charAt(i), 36);
            rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
        }
        return rest;
    }

    /** ISO 7064 mod 11,10 with its check digit last. */
    static boolean mod1110(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (digit(digits, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10 == digit(digits, digits.length() - 1);
    }

    /** EAN-13, its check digit last. */
    static boolean ean13(String digits) {
        int sum = 0;
        for (int i = 0; i < 13; i++) sum += digit(digits, i) * (i % 2 == 0 ? 1 : 3);
        return sum % 10 == 0;
    }

    /** ICAO 9303's weights 7 3 1 over letters (10 to 35) and digits, the check digit last. */
    static boolean weights731(String alphanumeric) {
        int[] weights = {7, 3, 1};
        int last = alphanumeric.length() - 1;
        int sum = 0;
        for (int i = 0; i < last; i++) sum += Character.digit(alphanumeric.charAt(i), 36) * weights[i % 3];
        return sum % 10 == Character.digit(alphanumeric.charAt(last), 10);
    }

    /** Whether all characters are the same. */
    static boolean uniform(String digits) {
        return digits.chars().allMatch(c -> c == digits.charAt(0));
    }

    /** Whether day and month can be; {@code year} of two digits or four. */
    static boolean isDate(long year, long month, long day) {
        if (month < 1 || month > 12 || day < 1) return false;
        return day
                <= YearMonth.of((int) (year < 100 ? 2000 + year : year), (int) month)
                        .lengthOfMonth();
    }
}
