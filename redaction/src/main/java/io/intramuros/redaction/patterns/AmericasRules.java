// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.BANK_ACCOUNT;
import static io.intramuros.redaction.EntityType.COMPANY_ID;
import static io.intramuros.redaction.EntityType.NATIONAL_ID;
import static io.intramuros.redaction.EntityType.PROFESSIONAL_ID;

import java.util.List;
import java.util.stream.Stream;

/** The identifiers of American states: form, checksum, words near. {@code ~} is an optional separator. */
final class AmericasRules {
    private AmericasRules() {}

    static List<Rule> all() {
        return Stream.of(unitedStates(), canadaAndMexico(), southAmerica())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> unitedStates() {
        return List.of(
                Rule.of(NATIONAL_ID, "US_SSN", "\\d{3}-\\d{2}-\\d{4}")
                        .when(AmericasChecks::ssn)
                        .surerNear("ssn|social security"),
                Rule.of(NATIONAL_ID, "US_SSN", "\\d{3}~\\d{2}~\\d{4}")
                        .when(AmericasChecks::ssn)
                        .near("ssn|social security|soc sec"),
                Rule.of(NATIONAL_ID, "US_ITIN", "9\\d{2}-\\d{2}-\\d{4}")
                        .when(AmericasChecks::itin)
                        .surerNear("itin|taxpayer"),
                Rule.of(NATIONAL_ID, "US_ITIN", "9\\d{2}~\\d{2}~\\d{4}")
                        .when(AmericasChecks::itin)
                        .near("itin|taxpayer"),
                Rule.of(COMPANY_ID, "US_EIN", "\\d{2}-?\\d{7}")
                        .when(AmericasChecks::ein)
                        .near("ein|employer identification|fein|tax id"),
                Rule.of(PROFESSIONAL_ID, "US_NPI", "[12]\\d{9}")
                        .checked(AmericasChecks::npi)
                        .near("npi|provider"),
                Rule.of(PROFESSIONAL_ID, "US_DEA", "[A-HJ-NPR-UX][A-Z9]\\d{7}")
                        .checked(AmericasChecks::dea)
                        .near("dea|prescri"),
                Rule.of(BANK_ACCOUNT, "US_ABA", "\\d{9}")
                        .checked(AmericasChecks::aba)
                        .near("routing|aba|rtn"));
    }

    private static List<Rule> canadaAndMexico() {
        return List.of(
                Rule.of(NATIONAL_ID, "CA_SIN", "[1-79]\\d{2}~\\d{3}~\\d{3}")
                        .checked(AmericasChecks::sin)
                        .near("sin|social insurance|nas"),
                Rule.of(
                                NATIONAL_ID,
                                "MX_CURP",
                                "(?i)[A-Z][AEIOUX][A-Z]{2}\\d{2}[01]\\d[0-3]\\d[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\\d")
                        .checked(AmericasChecks::curp)
                        .surerNear("curp"),
                Rule.of(NATIONAL_ID, "MX_RFC", "(?i)[A-Z&]{3,4}~\\d{2}[01]\\d[0-3]\\d~[A-Z0-9]{2}[0-9A]")
                        .checked(AmericasChecks::rfc)
                        .surerNear("rfc"));
    }

    private static List<Rule> southAmerica() {
        return List.of(
                Rule.of(NATIONAL_ID, "BR_CPF", "\\d{3}~\\d{3}~\\d{3}~\\d{2}")
                        .checked(AmericasChecks::cpf)
                        .surerNear("cpf"),
                Rule.of(COMPANY_ID, "BR_CNPJ", "[0-9A-Z]{2}~[0-9A-Z]{3}~[0-9A-Z]{3}~[0-9A-Z]{4}~\\d{2}")
                        .checked(AmericasChecks::cnpj)
                        .surerNear("cnpj"),
                Rule.of(NATIONAL_ID, "AR_CUIT", "(?:2[03-7]|3[034])~\\d{8}~\\d")
                        .checked(AmericasChecks::cuit)
                        .surerNear("cuit|cuil"),
                Rule.of(NATIONAL_ID, "CL_RUT", "(?i)\\d{1,2}\\.\\d{3}\\.\\d{3}-[0-9K]")
                        .checked(AmericasChecks::rut)
                        .surerNear("rut|run"),
                Rule.of(NATIONAL_ID, "CL_RUT", "(?i)\\d{7,8}-?[0-9K]")
                        .checked(AmericasChecks::rut)
                        .near("rut|run"),
                Rule.of(COMPANY_ID, "CO_NIT", "\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d")
                        .checked(AmericasChecks::nit)
                        .near("nit"));
    }
}
