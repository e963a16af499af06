// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.patterns.Checksums.digit;
import static io.intramuros.redaction.patterns.Checksums.luhn;
import static io.intramuros.redaction.patterns.Checksums.number;
import static io.intramuros.redaction.patterns.Checksums.weighted;

/** The checksums of European companies' numbers, on the digits without the state's letters. */
final class TradeChecks {
    private TradeChecks() {}

    static boolean danishCvr(String id) {
        return weighted(id, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    static boolean finnishBusiness(String id) {
        int rest = weighted(id, 7, 9, 10, 5, 8, 4, 2) % 11;
        return rest != 1 && (11 - rest) % 11 == digit(id, 7);
    }

    static boolean norwegianOrganization(String id) {
        int rest = weighted(id, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return rest != 1 && (11 - rest) % 11 == digit(id, 8);
    }

    /** The third digit of a company's number is 2 at least, which tells it from a person's. */
    static boolean swedishOrganization(String id) {
        return digit(id, 2) >= 2 && luhn(id);
    }

    static boolean luxembourgVat(String id) {
        return number(id, 0, 6) % 89 == number(id, 6, 8);
    }

    static boolean hungarianVat(String id) {
        return (10 - weighted(id, 9, 7, 3, 1, 9, 7, 3) % 10) % 10 == digit(id, 7);
    }

    static boolean greekVat(String id) {
        return weighted(id, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == digit(id, 8);
    }

    static boolean slovenianVat(String id) {
        int check = 11 - weighted(id, 8, 7, 6, 5, 4, 3, 2) % 11;
        return check != 11 && check % 10 == digit(id, 7);
    }

    static boolean slovakVat(String id) {
        return number(id, 0, 10) % 11 == 0;
    }
}
