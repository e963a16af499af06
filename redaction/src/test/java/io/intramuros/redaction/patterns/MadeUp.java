// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;

/** Makes identifiers by what their issuers publish, with arithmetic of its own, so that a slip in the checks shows. */
final class MadeUp {
    private final Random random;

    MadeUp(long seed) {
        this.random = new Random(seed);
    }

    String digits(int count) {
        StringBuilder digits = new StringBuilder();
        while (digits.length() < count) digits.append((char) ('0' + random.nextInt(10)));
        return digits.toString();
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    String oneOf(String choices) {
        return String.valueOf(choices.charAt(random.nextInt(choices.length())));
    }

    /** A date as six digits, years first; every day exists. */
    String date() {
        return String.format(Locale.ROOT, "%02d%02d%02d", between(30, 99), between(1, 12), between(1, 28));
    }

    String dayFirst() {
        return String.format(Locale.ROOT, "%02d%02d%02d", between(1, 28), between(1, 12), between(30, 99));
    }

    /** The sum over all characters of {@code each(place from the left, its value)}. */
    static int sum(String id, IntBinaryOperator each) {
        int sum = 0;
        for (int i = 0; i < id.length(); i++) sum += each.applyAsInt(i, Character.digit(id.charAt(i), 36));
        return sum;
    }

    /** Tries the ten digits until the whole satisfies {@code sound}; a new body where none does. */
    String until(Function<MadeUp, String> body, Predicate<String> sound) {
        for (int tries = 0; tries < 200; tries++) {
            String made = body.apply(this);
            for (char check = '0'; check <= '9'; check++) if (sound.test(made + check)) return made + check;
        }
        throw new IllegalStateException("no valid value");
    }

    /** Luhn's check digit appended: every second digit from the right doubled, nines cast out. */
    static String luhn(String body) {
        int sum = 0;
        boolean twice = true;
        for (int i = body.length() - 1; i >= 0; i--) {
            int d = body.charAt(i) - '0';
            sum += twice ? (d < 5 ? 2 * d : 2 * d - 9) : d;
            twice = !twice;
        }
        return body + (sum * 9 % 10);
    }

    static long mod(String digits, long by) {
        return new BigInteger(digits).mod(BigInteger.valueOf(by)).longValue();
    }

    /** ISO 7064 mod 11,10 over all digits is 1. */
    static boolean iso1110(String digits) {
        int p = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            p += digits.charAt(i) - '0';
            p %= 10;
            if (p == 0) p = 10;
            p = p * 2 % 11;
        }
        return (p + digits.charAt(digits.length() - 1) - '0') % 10 == 1;
    }
}
