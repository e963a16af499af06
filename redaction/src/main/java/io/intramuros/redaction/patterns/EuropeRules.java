// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.COMPANY_ID;
import static io.intramuros.redaction.EntityType.NATIONAL_ID;
import static io.intramuros.redaction.EntityType.VAT_ID;

import java.util.List;
import java.util.stream.Stream;

/** The identifiers of European states: form, checksum, words near. {@code ~} is an optional separator. */
final class EuropeRules {
    private static final String DAY_MONTH = "(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])";

    private EuropeRules() {}

    static List<Rule> all() {
        return Stream.of(
                        germany(),
                        austriaAndSwitzerland(),
                        spainAndPortugal(),
                        franceAndBelgium(),
                        netherlandsAndItaly(),
                        unitedKingdom(),
                        polandAndTheNorth())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> germany() {
        return List.of(
                Rule.of(NATIONAL_ID, "DE_STEUER_ID", "[1-9]\\d~\\d{3}~\\d{3}~\\d{3}")
                        .checked(EuropeChecks::steuerId)
                        .surerNear("steuer|idnr|tin|tax"),
                Rule.of(
                                NATIONAL_ID,
                                "DE_RVNR",
                                "\\d{2}~(?:[0-2]\\d|3[01]|[5-8]\\d)(?:0[1-9]|1[0-2])\\d{2}~[A-Z]~\\d{3}")
                        .checked(EuropeChecks::rvnr)
                        .surerNear("rentenversicherung|sozialversicherung|sv-nummer|rvnr|svnr"),
                Rule.of(NATIONAL_ID, "DE_PERSONALAUSWEIS", "[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\\d")
                        .checked(Checksums::weights731)
                        .surerNear("ausweis|personalausweis|id card|reisepass"),
                Rule.of(NATIONAL_ID, "DE_KVNR", "[A-Z]\\d{9}")
                        .checked(EuropeChecks::kvnr)
                        .near("krankenver|kvnr|versichertennummer|versicherten-nr|gesundheitskarte"),
                Rule.of(VAT_ID, "DE_VAT", "DE~\\d{3}~\\d{3}~\\d{3}").checked(id -> Checksums.mod1110(id.substring(2))));
    }

    private static List<Rule> austriaAndSwitzerland() {
        return List.of(
                Rule.of(NATIONAL_ID, "AT_SVNR", "[1-9]\\d{3}~(?:" + DAY_MONTH + "|\\d{2}1[3-5])\\d{2}")
                        .checked(EuropeChecks::svnr)
                        .surerNear("svnr|sv-nummer|sozialversicherung|versicherungsnummer"),
                Rule.of(VAT_ID, "AT_VAT", "ATU~\\d{8}").checked(EuropeChecks::austrianVat),
                Rule.of(NATIONAL_ID, "CH_AHV", "756~\\d{4}~\\d{4}~\\d{2}")
                        .checked(Checksums::ean13)
                        .surerNear("ahv|avs|sozialversicherung"),
                Rule.of(COMPANY_ID, "CH_UID", "CHE~\\d{3}~\\d{3}~\\d{3}").checked(EuropeChecks::swissUid));
    }

    private static List<Rule> spainAndPortugal() {
        return List.of(
                Rule.of(NATIONAL_ID, "ES_DNI", "(?i)\\d{2}~\\d{3}~\\d{3}[- ]?[A-HJ-NP-TV-Z]")
                        .checked(EuropeChecks::dni)
                        .surerNear("dni|nif|documento"),
                Rule.of(NATIONAL_ID, "ES_NIE", "(?i)[XYZ]~\\d{7}~[A-HJ-NP-TV-Z]")
                        .checked(EuropeChecks::nie)
                        .surerNear("nie|nif|extranjero"),
                Rule.of(VAT_ID, "ES_CIF", "[ABCDEFGHJNPQRSUVW]~\\d{7}~[0-9A-J]")
                        .checked(EuropeChecks::cif)
                        .surerNear("cif|nif|sociedad"),
                Rule.of(NATIONAL_ID, "ES_NSS", "\\d{2}~\\d{8}~\\d{2}")
                        .checked(EuropeChecks::nss)
                        .surerNear("seguridad social|afiliaci|nss|naf"),
                Rule.of(NATIONAL_ID, "PT_NIF", "[1-35689]\\d{2}~\\d{3}~\\d{3}")
                        .checked(EuropeChecks::portugueseNif)
                        .near("nif|contribuinte|fiscal"));
    }

    private static List<Rule> franceAndBelgium() {
        return List.of(
                Rule.of(
                                NATIONAL_ID,
                                "FR_NIR",
                                "[1-478]~\\d{2}~(?:0[1-9]|1[0-2]|[2-9]\\d)~(?:\\d{2}|2[AB])~\\d{3}~\\d{3}~\\d{2}")
                        .checked(EuropeChecks::nir)
                        .surerNear("sécurité sociale|securite sociale|nir|insee"),
                Rule.of(COMPANY_ID, "FR_SIREN", "\\d{3}~\\d{3}~\\d{3}")
                        .checked(Checksums::luhn)
                        .near("siren|rcs"),
                Rule.of(COMPANY_ID, "FR_SIRET", "\\d{3}~\\d{3}~\\d{3}~\\d{5}")
                        .checked(Checksums::luhn)
                        .near("siret"),
                Rule.of(VAT_ID, "FR_VAT", "FR~\\d{2}~\\d{3}~\\d{3}~\\d{3}").checked(EuropeChecks::frenchVat),
                Rule.of(NATIONAL_ID, "BE_NN", "\\d{2}~(?:[024][0-9]|[135][0-2])~[0-3]\\d~\\d{3}~\\d{2}")
                        .checked(EuropeChecks::belgianNumber)
                        .surerNear("rijksregister|registre national|insz|niss"),
                Rule.of(VAT_ID, "BE_VAT", "BE~[01]\\d{3}~\\d{3}~\\d{3}").checked(EuropeChecks::belgianVat));
    }

    private static List<Rule> netherlandsAndItaly() {
        return List.of(
                Rule.of(NATIONAL_ID, "NL_BSN", "\\d{9}|\\d{3}[ .]\\d{3}[ .]\\d{3}|\\d{4}[ .]\\d{2}[ .]\\d{3}")
                        .checked(EuropeChecks::bsn)
                        .near("bsn|burgerservice|sofi"),
                Rule.of(VAT_ID, "NL_VAT", "NL~\\d{9}~B~\\d{2}").checked(EuropeChecks::dutchVat),
                // Italy
                Rule.of(
                                NATIONAL_ID,
                                "IT_CODICE_FISCALE",
                                "(?i)[A-Z]{3}~[A-Z]{3}~[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}~[A-Z][0-9LMNP-V]{3}[A-Z]")
                        .checked(EuropeChecks::codiceFiscale)
                        .surerNear("codice fiscale|c.f."),
                Rule.of(VAT_ID, "IT_PARTITA_IVA", "(?:IT~)?\\d{11}")
                        .checked(id -> EuropeChecks.partitaIva(id.substring(id.length() - 11)))
                        .near("partita iva|p.iva|p. iva|iva"));
    }

    private static List<Rule> unitedKingdom() {
        return List.of(
                Rule.of(NATIONAL_ID, "UK_NINO", "(?i)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]~\\d{2}~\\d{2}~\\d{2}~[A-D]")
                        .when(EuropeChecks::nino)
                        .surerNear("national insurance|nino|ni number|insurance"),
                Rule.of(NATIONAL_ID, "UK_NHS", "\\d{3}~\\d{3}~\\d{4}")
                        .checked(EuropeChecks::nhs)
                        .near("nhs"),
                Rule.of(NATIONAL_ID, "UK_UTR", "\\d{5}~\\d{5}")
                        .checked(EuropeChecks::utr)
                        .near("utr|unique taxpayer|tax reference|self assessment"),
                Rule.of(VAT_ID, "UK_VAT", "GB~\\d{3}~\\d{4}~\\d{2}(?:~\\d{3})?").checked(EuropeChecks::britishVat));
    }

    private static List<Rule> polandAndTheNorth() {
        return List.of(
                Rule.of(NATIONAL_ID, "PL_PESEL", "\\d{2}[0-3289]\\d[0-3]\\d{6}")
                        .checked(EuropeChecks::pesel)
                        .surerNear("pesel"),
                Rule.of(VAT_ID, "PL_NIP", "(?:PL~)?\\d{10}")
                        .checked(id -> EuropeChecks.nip(id.substring(id.length() - 10)))
                        .near("nip|vat|podat"),
                Rule.of(VAT_ID, "PL_NIP", "\\d{3}-\\d{3}-\\d{2}-\\d{2}|\\d{3}-\\d{2}-\\d{2}-\\d{3}")
                        .checked(EuropeChecks::nip),
                Rule.of(NATIONAL_ID, "SE_PERSONNUMMER", "(?:19|20)?\\d{2}[01]\\d[0-9]\\d[-+]\\d{4}|(?:19|20)\\d{10}")
                        .checked(EuropeChecks::personnummer)
                        .surerNear("personnummer|personal number"),
                Rule.of(NATIONAL_ID, "SE_PERSONNUMMER", "\\d{10}")
                        .checked(EuropeChecks::personnummer)
                        .near("personnummer|personnr|samordningsnummer"),
                Rule.of(NATIONAL_ID, "NO_FNR", "[0-7]\\d[0-9]\\d{3}~\\d{5}")
                        .checked(EuropeChecks::fodselsnummer)
                        .surerNear("fødselsnummer|fodselsnummer|fnr|personnummer"),
                Rule.of(NATIONAL_ID, "DK_CPR", DAY_MONTH + "\\d{2}-\\d{4}").when(EuropeChecks::cpr),
                Rule.of(NATIONAL_ID, "DK_CPR", DAY_MONTH + "\\d{2}~\\d{4}")
                        .when(EuropeChecks::cpr)
                        .near("cpr|personnummer"),
                Rule.of(NATIONAL_ID, "FI_HETU", DAY_MONTH + "\\d{2}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]")
                        .checked(EuropeChecks::hetu)
                        .surerNear("henkilötunnus|hetu"));
    }
}
