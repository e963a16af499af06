// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds addresses of the net: IPv4, IPv6 and MAC. */
final class NetworkDetector implements Detector {
    private static final List<String> VERSION = List.of(
            "version", "versión", "versione", "versie", "versão", "release", "build", "v", "ver", "oid", "section");
    private static final int LONGEST = 60;

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return Set.of(EntityType.IP, EntityType.MAC);
    }

    @Override
    public boolean mayFind(String text, int from) {
        return !DullWords.are(text, from);
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        int i = 0;
        while (i < text.length()) {
            if (!isPart(text.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            while (end < text.length() && isPart(text.charAt(end))) end++;
            if (end - i <= LONGEST && end - i >= 6) judge(text, i, end, found);
            i = end;
        }
    }

    /** What can be part of an address; a letter beyond F ends the run and, standing at it, spoils it. */
    private static boolean isPart(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'f')
                || (c >= 'A' && c <= 'F')
                || c == ':'
                || c == '.'
                || c == '-';
    }

    private void judge(String text, int runStart, int runEnd, Consumer<Finding> found) {
        int start = runStart;
        int end = runEnd;
        if (start > 0 && isWord(text.charAt(start - 1))) return;
        while (start < end && ".-".indexOf(text.charAt(start)) >= 0) start++;
        while (end > start && ".-".indexOf(text.charAt(end - 1)) >= 0) end--;
        if (end > start && text.charAt(end - 1) == ':' && !(text.charAt(end - 2) == ':')) end--;
        if (end == runEnd && end < text.length() && isWord(text.charAt(end))) return;
        String run = text.substring(start, end);
        int port = run.indexOf(':');
        if (run.indexOf('.') > 0 && port > 0 && run.indexOf(':', port + 1) < 0) run = run.substring(0, port);
        Finding finding = finding(text, run, start);
        if (finding != null) found.accept(finding);
    }

    private @Nullable Finding finding(String text, String run, int start) {
        int end = start + run.length();
        if (isMac(run)) return new Finding(EntityType.MAC, null, start, end, 0.9, name());
        if (IpAddresses.isV4(run)) {
            boolean special = run.startsWith("127.") || run.startsWith("0.") || run.equals("255.255.255.255");
            if (special || Context.isBefore(VERSION, text, start, 12)) return null;
            return new Finding(EntityType.IP, "IPV4", start, end, 0.85, name());
        }
        if (!IpAddresses.isV6(run)) return null;
        return new Finding(EntityType.IP, "IPV6", start, zoneEnd(text, end), 0.9, name());
    }

    /** Six pairs of hex digits, or three groups of four with dots between. */
    private static boolean isMac(String run) {
        if (run.length() == 14) return isHex(run, 5, '.');
        return run.length() == 17 && (isHex(run, 3, ':') || isHex(run, 3, '-'));
    }

    private static boolean isHex(String run, int period, char mark) {
        for (int i = 0; i < run.length(); i++)
            if (i % period == period - 1 ? run.charAt(i) != mark : Character.digit(run.charAt(i), 16) < 0) return false;
        return true;
    }

    private static int zoneEnd(String text, int end) {
        if (end >= text.length() || text.charAt(end) != '%') return end;
        int zone = end + 1;
        while (zone < text.length() && zone - end < 16 && isWord(text.charAt(zone))) zone++;
        return zone > end + 1 ? zone : end;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
