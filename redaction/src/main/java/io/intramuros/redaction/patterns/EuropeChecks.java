// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.patterns.Checksums.digit;
import static io.intramuros.redaction.patterns.Checksums.digitSum;
import static io.intramuros.redaction.patterns.Checksums.isDate;
import static io.intramuros.redaction.patterns.Checksums.luhn;
import static io.intramuros.redaction.patterns.Checksums.mod1110;
import static io.intramuros.redaction.patterns.Checksums.mod97;
import static io.intramuros.redaction.patterns.Checksums.number;
import static io.intramuros.redaction.patterns.Checksums.uniform;
import static io.intramuros.redaction.patterns.Checksums.weighted;

/** The checksums of European identifiers, on letters and digits without separators, upper case. */
final class EuropeChecks {
    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String CIF_LETTERS = "JABCDEFGHI";
    private static final String HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    /** What a character at an odd place of a codice fiscale counts; digits count as the letters A to J. */
    private static final int[] CODICE_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private EuropeChecks() {}

    static boolean dni(String id) {
        return DNI_LETTERS.charAt((int) (number(id, 0, 8) % 23)) == id.charAt(8);
    }

    static boolean nie(String id) {
        return dni("XYZ".indexOf(id.charAt(0)) + id.substring(1));
    }

    static boolean cif(String id) {
        int sum = 0;
        for (int i = 1; i < 8; i++) sum += i % 2 == 0 ? digit(id, i) : digitSum(2 * digit(id, i));
        int control = (10 - sum % 10) % 10;
        char last = id.charAt(8);
        return last == '0' + control || last == CIF_LETTERS.charAt(control);
    }

    static boolean nss(String id) {
        long middle = number(id, 2, 10);
        long whole = middle < 10_000_000 ? number(id, 0, 2) * 10_000_000 + middle : number(id, 0, 10);
        return whole % 97 == number(id, 10, 12);
    }

    static boolean steuerId(String id) {
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) counts[digit(id, i)]++;
        int repeated = 0;
        for (int count : counts) {
            if (count > 3) return false;
            if (count > 1) repeated++;
        }
        return repeated == 1 && mod1110(id);
    }

    static boolean rvnr(String id) {
        int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
        String digits = id.substring(0, 8) + letterNumber(id.charAt(8)) + id.substring(9, 11);
        int sum = 0;
        for (int i = 0; i < weights.length; i++) sum += digitSum(digit(digits, i) * weights[i]);
        return sum % 10 == digit(id, 11);
    }

    static boolean kvnr(String id) {
        String digits = letterNumber(id.charAt(0)) + id.substring(1, 9);
        int sum = 0;
        for (int i = 0; i < 10; i++) sum += digitSum(digit(digits, i) * (i % 2 == 0 ? 1 : 2));
        return sum % 10 == digit(id, 9);
    }

    private static String letterNumber(char letter) {
        int number = letter - 'A' + 1;
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    static boolean nir(String id) {
        String digits = id.replace("2A", "19").replace("2B", "18");
        return 97 - number(digits, 0, 13) % 97 == number(digits, 13, 15);
    }

    static boolean frenchVat(String id) {
        return (12 + 3 * (number(id, 4, 13) % 97)) % 97 == number(id, 2, 4) && luhn(id.substring(4));
    }

    static boolean codiceFiscale(String id) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = id.charAt(i);
            int value = Character.isDigit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? CODICE_ODD[value] : value;
        }
        return 'A' + sum % 26 == id.charAt(15);
    }

    static boolean partitaIva(String id) {
        return luhn(id) && !uniform(id);
    }

    static boolean bsn(String id) {
        return !uniform(id) && weighted(id, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    /** Since 2020 the number of a sole trader is no longer his BSN, so either sum will do. */
    static boolean dutchVat(String id) {
        return bsn(id.substring(2, 11)) || mod97(id) == 1;
    }

    static boolean belgianNumber(String id) {
        long first = number(id, 0, 9);
        long key = number(id, 9, 11);
        return 97 - first % 97 == key || 97 - (2_000_000_000L + first) % 97 == key;
    }

    static boolean belgianVat(String id) {
        return 97 - number(id, 2, 10) % 97 == number(id, 10, 12);
    }

    static boolean portugueseNif(String id) {
        int check = 11 - weighted(id, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check > 9 ? 0 : check) == digit(id, 8);
    }

    static boolean pesel(String id) {
        long month = number(id, 2, 4) % 20;
        return isDate(number(id, 0, 2), month, number(id, 4, 6))
                && weighted(id, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    static boolean nip(String id) {
        return !uniform(id) && weighted(id, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == digit(id, 9);
    }

    static boolean svnr(String id) {
        return weighted(id, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == digit(id, 3);
    }

    static boolean austrianVat(String id) {
        int sum = 4;
        for (int i = 3; i < 10; i++) sum += digitSum(digit(id, i) * (i % 2 == 1 ? 1 : 2));
        return (10 - sum % 10) % 10 == digit(id, 10);
    }

    static boolean swissUid(String id) {
        int check = 11 - weighted(id.substring(3), 5, 4, 3, 2, 7, 6, 5, 4) % 11;
        return (check == 11 ? 0 : check) == digit(id, 11);
    }

    static boolean nino(String id) {
        return !"BG GB KN NK NT TN ZZ".contains(id.substring(0, 2));
    }

    static boolean nhs(String id) {
        int check = 11 - weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check == 11 ? 0 : check) == digit(id, 9) && !uniform(id);
    }

    static boolean utr(String id) {
        int rest = weighted(id.substring(1), 6, 7, 8, 9, 10, 5, 4, 3, 2) % 11;
        return "21987654321".charAt(rest) == id.charAt(0);
    }

    static boolean britishVat(String id) {
        int sum = weighted(id.substring(2), 8, 7, 6, 5, 4, 3, 2) + (int) number(id, 9, 11);
        return sum % 97 == 0 || (sum + 55) % 97 == 0;
    }

    static boolean personnummer(String id) {
        String ten = id.substring(id.length() - 10);
        long day = number(ten, 4, 6);
        return isDate(number(ten, 0, 2), number(ten, 2, 4), day > 60 ? day - 60 : day) && luhn(ten);
    }

    static boolean fodselsnummer(String id) {
        return weighted(id, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(id, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0
                && !uniform(id);
    }

    static boolean cpr(String id) {
        return isDate(number(id, 4, 6), number(id, 2, 4), number(id, 0, 2));
    }

    static boolean hetu(String id) {
        String digits = id.substring(0, 6) + id.substring(id.length() - 4, id.length() - 1);
        return isDate(number(id, 4, 6), number(id, 2, 4), number(id, 0, 2))
                && HETU_LETTERS.charAt((int) (number(digits, 0, 9) % 31)) == id.charAt(id.length() - 1);
    }
}
