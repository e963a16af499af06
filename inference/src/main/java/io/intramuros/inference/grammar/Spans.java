// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rules of everything between two numbers, or between two characters. */
final class Spans {
    /** The largest integer that a model may write, and all digits of it nines. */
    private static final BigInteger MOST = BigInteger.TEN.pow(18).subtract(BigInteger.ONE);

    private static final int LAST_CODE_POINT = 0x10FFFF;
    /** The last code points of so many bytes in UTF-8, and around the surrogates, which have none. */
    private static final int[] LAST = {0x7F, 0x7FF, 0xD7FF, 0xDFFF, 0xFFFF, LAST_CODE_POINT};

    private Spans() {}

    /** Integers from one to another, both inclusive, in decimal; those of more than 18 digits are left out. */
    static Rule integers(BigInteger from, BigInteger to) {
        BigInteger low = from.max(MOST.negate());
        BigInteger high = to.min(MOST);
        List<Rule> options = new ArrayList<>();
        if (low.signum() < 0) {
            BigInteger least = high.negate().max(BigInteger.ONE);
            for (Rule rule : naturals(least, low.negate())) {
                options.add(Rule.sequence(JsonRules.literal("-"), rule));
            }
        }
        options.addAll(naturals(low.max(BigInteger.ZERO), high));
        return new Rule.Choice(options);
    }

    /** Numbers of each length that occurs; none where the first is the larger. */
    private static List<Rule> naturals(BigInteger low, BigInteger high) {
        List<Rule> options = new ArrayList<>();
        BigInteger from = low;
        while (from.compareTo(high) <= 0) {
            BigInteger last = BigInteger.TEN.pow(from.toString().length()).subtract(BigInteger.ONE);
            BigInteger to = last.min(high);
            options.add(between(digits(from), digits(to), '0', '9'));
            from = to.add(BigInteger.ONE);
        }
        return options;
    }

    /** Code points from one to another, both inclusive, in UTF-8; surrogates are left out. */
    static Rule codePoints(int from, int to) {
        List<Rule> options = new ArrayList<>();
        int first = from;
        for (int last : LAST) {
            int end = Math.min(last, to);
            boolean surrogates = last == 0xDFFF;
            if (first <= end && !surrogates) {
                options.add(between(utf8(first), utf8(end), 0x80, 0xBF));
            }
            first = Math.max(first, last + 1);
        }
        return new Rule.Choice(options);
    }

    /** Texts of one length between two, of which all bytes but the first are from {@code least} to {@code most}. */
    private static Rule between(byte[] low, byte[] high, int least, int most) {
        return between(low, high, 0, new int[] {least, most});
    }

    private static Rule between(byte[] low, byte[] high, int at, int[] all) {
        if (at == low.length) {
            return Rule.NOTHING;
        }
        int left = low.length - at;
        if (at > 0 && isFilled(low, at, all[0]) && isFilled(high, at, all[1])) {
            return new Rule.Repeat(Rule.Range.of(all[0], all[1]), left, left);
        }
        int first = low[at] & 0xFF;
        int last = high[at] & 0xFF;
        if (first == last) {
            return Rule.sequence(Rule.Range.of(first, last), between(low, high, at + 1, all));
        }
        List<Rule> options = new ArrayList<>();
        options.add(Rule.sequence(Rule.Range.of(first, first), between(low, filled(low, all[1]), at + 1, all)));
        if (first + 1 < last) {
            Rule rest = new Rule.Repeat(Rule.Range.of(all[0], all[1]), left - 1, left - 1);
            options.add(Rule.sequence(Rule.Range.of(first + 1, last - 1), rest));
        }
        options.add(Rule.sequence(Rule.Range.of(last, last), between(filled(high, all[0]), high, at + 1, all)));
        return new Rule.Choice(options);
    }

    private static boolean isFilled(byte[] bytes, int from, int value) {
        for (int i = from; i < bytes.length; i++) {
            if ((bytes[i] & 0xFF) != value) {
                return false;
            }
        }
        return true;
    }

    private static byte[] filled(byte[] like, int value) {
        byte[] all = new byte[like.length];
        Arrays.fill(all, (byte) value);
        return all;
    }

    private static byte[] digits(BigInteger number) {
        return number.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(int codePoint) {
        return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    }
}
