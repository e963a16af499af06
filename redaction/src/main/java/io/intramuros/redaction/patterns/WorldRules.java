// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.COMPANY_ID;
import static io.intramuros.redaction.EntityType.HEALTH_INSURANCE_ID;
import static io.intramuros.redaction.EntityType.NATIONAL_ID;

import java.util.List;
import java.util.stream.Stream;

/** The identifiers of more states: form, checksum, words near. {@code ~} is an optional separator. */
final class WorldRules {
    private WorldRules() {}

    static List<Rule> all() {
        return Stream.of(easternEurope(), asia(), southernHemisphere())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> easternEurope() {
        return List.of(
                Rule.of(NATIONAL_ID, "IE_PPS", "\\d{7}[A-W][A-IW]?")
                        .checked(WorldChecks::irishPps)
                        .near("pps|ppsn|personal public service"),
                Rule.of(NATIONAL_ID, "CZ_RC", "\\d{2}[0-8]\\d[0-3]\\d/\\d{4}")
                        .checked(WorldChecks::rodneCislo)
                        .surerNear("rodné číslo|rodne cislo|rodné čís|birth number"),
                Rule.of(NATIONAL_ID, "RO_CNP", "[1-9]\\d{2}[01]\\d[0-3]\\d{7}")
                        .checked(WorldChecks::romanianCnp)
                        .near("cnp|cod numeric"),
                Rule.of(NATIONAL_ID, "HR_OIB", "\\d{11}")
                        .checked(Checksums::mod1110)
                        .near("oib"),
                Rule.of(NATIONAL_ID, "BG_EGN", "\\d{2}[0-5]\\d[0-3]\\d{5}")
                        .checked(WorldChecks::bulgarianEgn)
                        .near("egn|егн"),
                Rule.of(NATIONAL_ID, "BALTIC_CODE", "[1-6]\\d{2}[01]\\d[0-3]\\d{5}")
                        .checked(WorldChecks::balticCode)
                        .near("isikukood|asmens kod"),
                Rule.of(NATIONAL_ID, "GR_AMKA", "[0-3]\\d[01]\\d{8}")
                        .checked(WorldChecks::greekAmka)
                        .near("amka|αμκα"),
                Rule.of(NATIONAL_ID, "TR_TCKN", "[1-9]\\d{10}")
                        .checked(WorldChecks::turkishNumber)
                        .near("tckn|kimlik|tc no"));
    }

    private static List<Rule> asia() {
        return List.of(
                Rule.of(NATIONAL_ID, "IN_AADHAAR", "[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}")
                        .checked(WorldChecks::aadhaar)
                        .near("aadhaar|aadhar|uidai"),
                Rule.of(NATIONAL_ID, "IN_PAN", "[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]")
                        .surerNear("pan|permanent account"),
                Rule.of(NATIONAL_ID, "SG_NRIC", "[STFGM]\\d{7}[A-Z]")
                        .checked(WorldChecks::singaporeNric)
                        .surerNear("nric|fin"),
                Rule.of(NATIONAL_ID, "KR_RRN", "\\d{2}[01]\\d[0-3]\\d-[1-8]\\d{6}")
                        .checked(WorldChecks::koreanNumber)
                        .surerNear("rrn|resident registration"),
                Rule.of(NATIONAL_ID, "KR_RRN", "\\d{2}[01]\\d[0-3]\\d-[1-8]\\d{6}")
                        .when(WorldChecks::koreanDate)
                        .near("rrn|resident registration"),
                Rule.of(NATIONAL_ID, "JP_MY_NUMBER", "\\d{4}[ -]?\\d{4}[ -]?\\d{4}")
                        .checked(WorldChecks::japaneseNumber)
                        .near("my number|mynumber|individual number"),
                Rule.of(NATIONAL_ID, "CN_RESIDENT", "[1-8]\\d{5}(?:19|20)\\d{2}[01]\\d[0-3]\\d{4}[0-9X]")
                        .checked(WorldChecks::chineseResident)
                        .surerNear("resident identity|id card|shenfenzheng"));
    }

    private static List<Rule> southernHemisphere() {
        return List.of(
                Rule.of(NATIONAL_ID, "AU_TFN", "\\d{3}[ -]?\\d{3}[ -]?\\d{3}")
                        .checked(WorldChecks::australianTaxFile)
                        .near("tfn|tax file"),
                Rule.of(HEALTH_INSURANCE_ID, "AU_MEDICARE", "[2-6]\\d{3}[ -]?\\d{5}[ -]?\\d(?:/\\d)?")
                        .checked(WorldChecks::australianMedicare)
                        .near("medicare"),
                Rule.of(COMPANY_ID, "AU_ABN", "\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}")
                        .checked(WorldChecks::australianBusiness)
                        .near("abn|australian business"),
                Rule.of(NATIONAL_ID, "ZA_ID", "\\d{2}[01]\\d[0-3]\\d{5}[01]\\d{2}")
                        .checked(WorldChecks::southAfricanId)
                        .near("id number|id no|identity number|south african"));
    }
}
