// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds IBANs (ISO 13616): country, its length, mod 97; in groups or not. */
final class IbanDetector implements Detector {
    /** The lengths of the IBAN registry. */
    private static final Map<String, Integer> LENGTHS = lengths(
            "NO15 BE16 DK18 FI18 FO18 FK18 GL18 NL18 SD18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 MN20 XK20 CH21 HR21",
            "LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 SO23 TL23 AD24 CZ24",
            "ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27",
            "SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28 NI28 PL28 SV28 HN28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30",
            "YE30 MT31 SC31 LC32 RU33 DZ26 AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 GA27 GQ27 GW25 IR26 KM27 MA28 MG27",
            "ML28 MZ25 NE28 SN28 TD27 TG28");

    private static Map<String, Integer> lengths(String... lines) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : String.join(" ", lines).split(" ", -1))
            lengths.put(entry.substring(0, 2), Integer.parseInt(entry, 2, 4, 10));
        return lengths;
    }

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return Set.of(EntityType.IBAN);
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        for (int i = 0; i + 15 <= text.length(); i++) {
            if (!isLetter(text.charAt(i)) || !isLetter(text.charAt(i + 1))) continue;
            if (i > 0 && Character.isLetterOrDigit(text.charAt(i - 1))) continue;
            if (!startsWithDigit(text, i + 2)) continue;
            int end = end(text, i);
            if (end < 0) continue;
            found.accept(new Finding(
                    EntityType.IBAN, text.substring(i, i + 2).toUpperCase(Locale.ROOT) + "_IBAN", i, end, 1, name()));
            i = end - 1;
        }
    }

    /** Whether a check digit stands here, after one separator at most. */
    private static boolean startsWithDigit(String text, int i) {
        return isDigit(text.charAt(i)) || (isSeparator(text.charAt(i)) && isDigit(text.charAt(i + 1)));
    }

    /** Where the IBAN that starts at {@code start} ends; -1 where there is none. */
    private static int end(String text, int start) {
        Integer length = LENGTHS.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        if (length == null) return -1;
        StringBuilder compact = new StringBuilder(length);
        int i = start;
        for (; i < text.length() && compact.length() < length; i++) {
            char c = text.charAt(i);
            if (isLetter(c) || isDigit(c)) compact.append(c);
            else if (!isSeparator(c) || i + 1 == text.length() || isSeparator(text.charAt(i + 1))) return -1;
            if (compact.length() == 4 && !(isDigit(compact.charAt(2)) && isDigit(compact.charAt(3)))) return -1;
        }
        if (compact.length() < length || (i < text.length() && Character.isLetterOrDigit(text.charAt(i)))) return -1;
        return Checksums.mod97(compact.substring(4) + compact.substring(0, 4)) == 1 ? i : -1;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '\u00a0' || c == '\u202f' || c == '\u2009';
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public boolean mayFind(String text, int from) {
        return !DullWords.are(text, from);
    }
}
