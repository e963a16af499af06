// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.patterns.Checksums.digit;
import static io.intramuros.redaction.patterns.Checksums.luhn;
import static io.intramuros.redaction.patterns.Checksums.number;

import java.util.Locale;
import java.util.Set;

/** The checks of cards, banks, securities and devices. */
final class FinanceChecks {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final String VIN_VALUES = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
    private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

    private FinanceChecks() {}

    /** Luhn, and the prefix and length of a brand: Luhn alone passes one number in ten. */
    static boolean card(String digits) {
        return isBrand(digits) && luhn(digits) && !Checksums.uniform(digits);
    }

    private static boolean isBrand(String digits) {
        int length = digits.length();
        int two = (int) number(digits, 0, 2);
        int four = (int) number(digits, 0, 4);
        return switch (digit(digits, 0)) {
            case 4 -> length == 13 || length == 16 || length == 19; // Visa
            case 5 ->
                (two >= 51 && two <= 55 && length == 16) // Mastercard
                        || ((two == 50 || two >= 56) && length >= 12); // Maestro
            case 2 ->
                (four >= 2221 && four <= 2720 && length == 16) // Mastercard
                        || (four >= 2200 && four <= 2204 && length >= 16); // Mir
            case 3 ->
                ((two == 34 || two == 37) && length == 15) // American Express
                        || ((two == 36 || two == 38 || two == 39 || (four / 10 >= 300 && four / 10 <= 305))
                                && length >= 14)
                        || (four >= 3528 && four <= 3589 && length >= 16); // Diners, JCB
            case 6 ->
                length >= 16 || (length >= 12 && (two == 63 || two == 67 || two == 69)); // Discover, UnionPay, Maestro
            default -> false;
        };
    }

    /** ISO 9362: a country at the fifth place. */
    static boolean bic(String id) {
        return COUNTRIES.contains(id.substring(4, 6)) || id.startsWith("XK", 4);
    }

    /** ISO 6166: Luhn over letters written as 10 to 35. */
    static boolean isin(String id) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < id.length(); i++) digits.append(Character.digit(id.charAt(i), 36));
        String country = id.substring(0, 2);
        return luhn(digits.toString()) && (COUNTRIES.contains(country) || country.equals("XS") || country.equals("EU"));
    }

    /** ISO 17442. */
    static boolean lei(String id) {
        return Checksums.mod97(id) == 1;
    }

    static boolean imei(String digits) {
        return luhn(digits) && !Checksums.uniform(digits);
    }

    /** The check digit at the ninth place, which North America demands (49 CFR 565). */
    static boolean vin(String id) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            int value = VIN_VALUES.indexOf(id.charAt(i)) % 10;
            sum += value * VIN_WEIGHTS[i];
        }
        return "0123456789X".charAt(sum % 11) == id.charAt(8);
    }
}
