// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.COMPANY_ID;
import static io.intramuros.redaction.EntityType.VAT_ID;

import java.util.List;
import java.util.function.Predicate;

/** Companies' and VAT numbers of more European states: form, checksum, words near. {@code ~} is an optional separator. */
final class TradeRules {
    private TradeRules() {}

    static List<Rule> all() {
        return List.of(
                vat("DK_VAT", "DK~\\d{2}~\\d{2}~\\d{2}~\\d{2}", TradeChecks::danishCvr),
                vat("FI_VAT", "FI~\\d{8}", TradeChecks::finnishBusiness),
                vat("SE_VAT", "SE~\\d{10}01", id -> Checksums.luhn(id.substring(0, 10))),
                vat("NO_VAT", "NO~\\d{3}~\\d{3}~\\d{3}(?:~MVA)?", TradeChecks::norwegianOrganization),
                vat("LU_VAT", "LU~\\d{8}", TradeChecks::luxembourgVat),
                vat("IE_VAT", "IE~\\d{7}[A-W][A-IW]?", WorldChecks::irishPps),
                vat("PT_VAT", "PT~\\d{9}", EuropeChecks::portugueseNif),
                vat("HU_VAT", "HU~\\d{8}", TradeChecks::hungarianVat),
                vat("GR_VAT", "(?:EL|GR)~\\d{9}", TradeChecks::greekVat),
                vat("HR_VAT", "HR~\\d{11}", Checksums::mod1110),
                vat("SI_VAT", "SI~\\d{8}", TradeChecks::slovenianVat),
                vat("SK_VAT", "SK~\\d{10}", TradeChecks::slovakVat),
                Rule.of(COMPANY_ID, "DK_CVR", "\\d{2} ?\\d{2} ?\\d{2} ?\\d{2}")
                        .checked(TradeChecks::danishCvr)
                        .near("cvr"),
                Rule.of(COMPANY_ID, "NO_ORGNR", "\\d{3} ?\\d{3} ?\\d{3}")
                        .checked(TradeChecks::norwegianOrganization)
                        .near("orgnr|org.nr|organisasjonsnummer"),
                Rule.of(COMPANY_ID, "SE_ORGNR", "\\d{6}-?\\d{4}")
                        .checked(TradeChecks::swedishOrganization)
                        .near("orgnr|org.nr|organisationsnummer"),
                Rule.of(COMPANY_ID, "FI_Y_TUNNUS", "\\d{7}-\\d")
                        .checked(TradeChecks::finnishBusiness)
                        .near("y-tunnus|business id|yritystunnus"));
    }

    /** A VAT number; {@code check} takes what follows the state's two letters, without letters behind. */
    private static Rule vat(String kind, String form, Predicate<String> check) {
        return Rule.of(VAT_ID, kind, form).checked(id -> check.test(withoutEnds(id)));
    }

    private static String withoutEnds(String id) {
        return id.endsWith("MVA") ? id.substring(2, id.length() - 3) : id.substring(2);
    }
}
