// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

/** Whether a text is an IP address. */
final class IpAddresses {
    private static final int GROUPS = 8;

    private IpAddresses() {}

    /** Four numbers to 255 without leading zeros. */
    static boolean isV4(String text) {
        int numbers = 0;
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
            if (end == at || end - at > 3 || (end - at > 1 && text.charAt(at) == '0')) return false;
            if (Integer.parseInt(text, at, end, 10) > 255) return false;
            numbers++;
            if (end == text.length()) return numbers == 4;
            if (text.charAt(end) != '.') return false;
            at = end + 1;
        }
        return false;
    }

    /** RFC 4291 §2.2, but not one that is all zeros, the loopback, or so short that it is no address to anybody. */
    static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) return groups(text) == GROUPS;
        if (text.indexOf("::", gap + 1) >= 0) return false;
        int before = groups(text.substring(0, gap));
        int after = groups(text.substring(gap + 2));
        boolean digits = text.chars().anyMatch(Character::isDigit);
        return before >= 0 && after >= 0 && before + after < GROUPS && before + after >= 2 && digits;
    }

    /** The number of groups of 16 bits, an IPv4 address at the end counting two; -1 where it is anything else. */
    private static int groups(String text) {
        if (text.isEmpty()) return 0;
        String[] groups = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            boolean last = i == groups.length - 1;
            if (last && isV4(groups[i])) count += 2;
            else if (isGroup(groups[i])) count++;
            else return -1;
        }
        return count;
    }

    private static boolean isGroup(String text) {
        return !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
