// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.synthesis;

import java.math.BigInteger;
import java.util.SplittableRandom;

/** Made-up values of what is made of digits, letters and marks: every character stays of its class, every mark stays. */
final class Numbers {
    private static final int CARD_PREFIX = 4;
    private static final int DATE_DIGITS = 6;

    private Numbers() {}

    /** Other digits for digits. */
    static String digits(String value, SplittableRandom random) {
        StringBuilder made = new StringBuilder(value);
        for (int i = 0; i < made.length(); i++)
            if (isDigit(made.charAt(i))) made.setCharAt(i, digit(random, i == 0 ? 1 : 0));
        return made.toString();
    }

    /**
     * Other characters of the same classes. The number of the try decides how much: all letters, the first four or none;
     * with a date in the first six digits or not. So that forms in which letters or digits mean something are met too.
     */
    static String sameForm(String value, int attempt, SplittableRandom random) {
        int letters = switch (attempt % 3) {
            case 0 -> value.length();
            case 1 -> CARD_PREFIX;
            default -> 0;
        };
        StringBuilder made = new StringBuilder(value);
        for (int i = 0; i < made.length(); i++) {
            char c = made.charAt(i);
            if (isDigit(c)) made.setCharAt(i, digit(random, 0));
            else if (Character.isLetter(c) && letters-- > 0) made.setCharAt(i, letter(c, random));
        }
        int layout = attempt / 3 % 4;
        if (layout == 1 || layout == 2) putDate(made, layout == 1, random);
        return made.toString();
    }

    /** Another account of the same country and bank digits' number, its check digits right (ISO 13616). */
    static String iban(String value, SplittableRandom random) {
        StringBuilder made = new StringBuilder(value);
        int seen = 0;
        for (int i = 0; i < made.length(); i++) {
            char c = made.charAt(i);
            if (!Character.isLetterOrDigit(c)) continue;
            if (seen >= CARD_PREFIX && isDigit(c)) made.setCharAt(i, digit(random, 0));
            seen++;
        }
        String plain = made.toString().replaceAll("[^A-Za-z0-9]", "");
        if (plain.length() <= CARD_PREFIX) return made.toString();
        String check = ibanCheck(plain);
        for (int i = 0, at = 0; i < made.length() && at < CARD_PREFIX; i++) {
            if (!Character.isLetterOrDigit(made.charAt(i))) continue;
            if (at >= 2) made.setCharAt(i, check.charAt(at - 2));
            at++;
        }
        return made.toString();
    }

    private static String ibanCheck(String plain) {
        StringBuilder number = new StringBuilder();
        String turned = plain.substring(CARD_PREFIX) + plain.substring(0, 2) + "00";
        for (char c : turned.toCharArray()) number.append(Character.digit(c, 36));
        int rest = new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
        return "%02d".formatted(98 - rest);
    }

    /** Another card of the same brand, its last digit right (ISO/IEC 7812, Luhn). */
    static String card(String value, SplittableRandom random) {
        StringBuilder made = new StringBuilder(value);
        int seen = 0;
        int last = -1;
        for (int i = 0; i < made.length(); i++) {
            if (!isDigit(made.charAt(i))) continue;
            if (seen++ >= CARD_PREFIX) made.setCharAt(i, digit(random, 0));
            last = i;
        }
        if (last < 0) return made.toString();
        made.setCharAt(last, '0');
        made.setCharAt(last, (char) ('0' + (10 - luhn(made)) % 10));
        return made.toString();
    }

    private static int luhn(CharSequence number) {
        int sum = 0;
        boolean twice = false;
        for (int i = number.length() - 1; i >= 0; i--) {
            if (!isDigit(number.charAt(i))) continue;
            int digit = number.charAt(i) - '0';
            sum += twice ? digit * 2 / 10 + digit * 2 % 10 : digit;
            twice = !twice;
        }
        return sum % 10;
    }

    /** The same country and region, another subscriber: all but the first four digits. */
    static String phone(String value, SplittableRandom random) {
        StringBuilder made = new StringBuilder(value);
        int seen = 0;
        for (int i = 0; i < made.length(); i++)
            if (isDigit(made.charAt(i)) && seen++ >= CARD_PREFIX) made.setCharAt(i, digit(random, 0));
        return made.toString();
    }

    /** An address that is nobody's (RFC 5737, RFC 3849). */
    static String ip(String value, SplittableRandom random) {
        return value.indexOf(':') >= 0
                ? "2001:db8::" + Integer.toHexString(random.nextInt(1, 0xffff)) + ":"
                        + Integer.toHexString(random.nextInt(1, 0xffff))
                : "203.0.113." + random.nextInt(1, 255);
    }

    /** After its first two characters other hexadecimal digits, in lower case. */
    static String hex(String value, SplittableRandom random) {
        StringBuilder made = new StringBuilder(value);
        for (int i = 2; i < made.length(); i++) made.setCharAt(i, Character.forDigit(random.nextInt(16), 16));
        return made.toString();
    }

    /** A locally administered address, in the same writing. */
    static String mac(String value, SplittableRandom random) {
        StringBuilder made = new StringBuilder(value);
        boolean upper = value.chars().noneMatch(Character::isLowerCase);
        int seen = 0;
        for (int i = 0; i < made.length(); i++) {
            char c = made.charAt(i);
            if (Character.digit(c, 16) < 0) continue;
            char next = seen == 0 ? '0' : seen == 1 ? '2' : Character.forDigit(random.nextInt(16), 16);
            made.setCharAt(i, upper ? Character.toUpperCase(next) : next);
            seen++;
        }
        return made.toString();
    }

    /** Another day in the same writing: numbers to 12 stay so, those to 31 become days to 28, years move by some. */
    static String date(String value, SplittableRandom random) {
        StringBuilder made = new StringBuilder();
        int i = 0;
        while (i < value.length()) {
            int end = i;
            while (end < value.length() && isDigit(value.charAt(end))) end++;
            if (end == i) made.append(value.charAt(i++));
            else made.append(part(value.substring(i, end), random));
            i = Math.max(i, end);
        }
        return made.toString();
    }

    private static String part(String digits, SplittableRandom random) {
        if (digits.length() > 4) return digits(digits, random);
        int number = Integer.parseInt(digits);
        int other;
        if (digits.length() == 4) other = number + random.nextInt(-9, 10);
        else if (number >= 1 && number <= 12) other = random.nextInt(1, 13);
        else if (number <= 31) other = random.nextInt(13, 29);
        else other = random.nextInt(32, 100);
        return ("%0" + digits.length() + "d").formatted(Math.min(other, digits.length() == 1 ? 9 : 9_999));
    }

    private static void putDate(StringBuilder made, boolean yearFirst, SplittableRandom random) {
        String year = "%02d".formatted(random.nextInt(40, 100));
        String month = "%02d".formatted(random.nextInt(1, 13));
        String day = "%02d".formatted(random.nextInt(1, 29));
        String date = yearFirst ? year + month + day : day + month + year;
        // Numbers of a decade start after a letter, a sex digit or at once; wherever the six digits are, they come
        // first.
        int offset = random.nextInt(3);
        int seen = 0;
        for (int i = 0; i < made.length() && seen < offset + DATE_DIGITS; i++) {
            if (!isDigit(made.charAt(i))) continue;
            if (seen >= offset) made.setCharAt(i, date.charAt(seen - offset));
            seen++;
        }
    }

    private static char letter(char c, SplittableRandom random) {
        return (char) ((Character.isUpperCase(c) ? 'A' : 'a') + random.nextInt(26));
    }

    private static char digit(SplittableRandom random, int least) {
        return (char) ('0' + random.nextInt(least, 10));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
