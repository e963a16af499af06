// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.patterns.Checksums.digit;
import static io.intramuros.redaction.patterns.Checksums.isDate;
import static io.intramuros.redaction.patterns.Checksums.luhn;
import static io.intramuros.redaction.patterns.Checksums.number;
import static io.intramuros.redaction.patterns.Checksums.uniform;
import static io.intramuros.redaction.patterns.Checksums.weighted;

/** The checksums of identifiers of the Americas, on letters and digits without separators, upper case. */
final class AmericasChecks {
    private static final String CURP_VALUES = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    private static final String RFC_VALUES = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
    private static final int[] NIT_WEIGHTS = {3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};

    private AmericasChecks() {}

    /** A number that the Social Security Administration can have issued; it has no check digit. */
    static boolean ssn(String id) {
        long area = number(id, 0, 3);
        return area != 0 && area != 666 && area < 900 && number(id, 3, 5) != 0 && number(id, 5, 9) != 0;
    }

    static boolean itin(String id) {
        long group = number(id, 3, 5);
        return (group >= 50 && group <= 65)
                || (group >= 70 && group <= 88)
                || (group >= 90 && group <= 92)
                || group >= 94;
    }

    /** A prefix that the IRS has given to a campus. */
    static boolean ein(String id) {
        int prefix = (int) number(id, 0, 2);
        return switch (prefix) {
            case 0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97 -> false;
            default -> true;
        };
    }

    static boolean npi(String id) {
        return luhn("80840" + id);
    }

    static boolean dea(String id) {
        int odd = digit(id, 2) + digit(id, 4) + digit(id, 6);
        int even = digit(id, 3) + digit(id, 5) + digit(id, 7);
        return (odd + 2 * even) % 10 == digit(id, 8);
    }

    static boolean aba(String id) {
        long district = number(id, 0, 2);
        boolean issued = district <= 12
                || (district >= 21 && district <= 32)
                || (district >= 61 && district <= 72)
                || district == 80;
        return issued && !uniform(id) && weighted(id, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0;
    }

    static boolean sin(String id) {
        return luhn(id) && !uniform(id);
    }

    static boolean cpf(String id) {
        return !uniform(id)
                && mod11(weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 9)
                && mod11(weighted(id, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 10);
    }

    /** Digits, or since 2026 letters too: a letter counts its ASCII code less 48. */
    static boolean cnpj(String id) {
        return !uniform(id)
                && mod11(weighted(id, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 12)
                && mod11(weighted(id, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 13);
    }

    private static int mod11(int sum) {
        int rest = sum % 11;
        return rest < 2 ? 0 : 11 - rest;
    }

    static boolean curp(String id) {
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += CURP_VALUES.indexOf(id.charAt(i)) * (18 - i);
        return birthDate(id.substring(4, 10)) && (10 - sum % 10) % 10 == digit(id, 17);
    }

    static boolean rfc(String id) {
        String padded = id.length() == 12 ? " " + id : id;
        int sum = 0;
        for (int i = 0; i < 12; i++) sum += RFC_VALUES.indexOf(padded.charAt(i)) * (13 - i);
        int check = 11 - sum % 11;
        char expected = check == 11 ? '0' : check == 10 ? 'A' : (char) ('0' + check);
        return birthDate(padded.substring(4, 10)) && expected == padded.charAt(12);
    }

    private static boolean birthDate(String digits) {
        return isDate(number(digits, 0, 2), number(digits, 2, 4), number(digits, 4, 6));
    }

    static boolean cuit(String id) {
        int check = 11 - weighted(id, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (check == 11 ? 0 : check == 10 ? 9 : check) == digit(id, 10);
    }

    static boolean rut(String id) {
        int last = id.length() - 1;
        int sum = 0;
        for (int i = 0; i < last; i++) sum += digit(id, last - 1 - i) * (2 + i % 6);
        int check = 11 - sum % 11;
        char expected = check == 11 ? '0' : check == 10 ? 'K' : (char) ('0' + check);
        return expected == id.charAt(last);
    }

    static boolean nit(String id) {
        int last = id.length() - 1;
        int sum = 0;
        for (int i = 0; i < last; i++) sum += digit(id, last - 1 - i) * NIT_WEIGHTS[i];
        int rest = sum % 11;
        return (rest < 2 ? rest : 11 - rest) == digit(id, last);
    }
}
