// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.BANK_ACCOUNT;
import static io.intramuros.redaction.EntityType.DRIVER_LICENSE;
import static io.intramuros.redaction.EntityType.EMPLOYEE_ID;
import static io.intramuros.redaction.EntityType.HEALTH_INSURANCE_ID;
import static io.intramuros.redaction.EntityType.MEDICAL_RECORD;
import static io.intramuros.redaction.EntityType.PASSPORT;
import static io.intramuros.redaction.EntityType.PROFESSIONAL_ID;
import static io.intramuros.redaction.EntityType.USERNAME;
import static io.intramuros.redaction.EntityType.VEHICLE;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What only the word near it tells: accounts, passports, plates, records, user names. */
final class LabelRules {
    /** Capitals and digits, at least three of them digits. */
    private static final String CODE = "(?=[A-Z0-9-]{0,12}\\d{3})[A-Z0-9][A-Z0-9-]{4,16}[A-Z0-9]";

    private static final String USER = "([A-Za-z][A-Za-z0-9._-]{2,30}[A-Za-z0-9])(?![@A-Za-z0-9/(])";
    private static final Set<String> NO_USERS = Set.of("null", "none", "true", "false", "string");

    private LabelRules() {}

    static List<Rule> all() {
        return Stream.of(papers(), records(), userNames(), plates())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> papers() {
        return List.of(
                Rule.of(BANK_ACCOUNT, "ACCOUNT", "\\d{6,17}|\\d{4}[ -]\\d{4}[ -]\\d{2}[ -]\\d{10}")
                        .near("account number|account no|account #|acct|kontonummer|konto-nr|konto nr|cuenta"
                                + "|numéro de compte|numero de compte|numero di conto|rekeningnummer"),
                Rule.of(PASSPORT, "PASSPORT", "(?=[A-Z0-9]{0,4}\\d{3})[A-Z0-9]{7,9}")
                        .near("passport|reisepass|pasaporte|passeport|passaporto|paspoort|pass-nr"),
                Rule.of(DRIVER_LICENSE, "DRIVER_LICENSE", CODE)
                        .near("driver's licen|drivers licen|driver licen|driving licen|führerschein|licencia de conduc"
                                + "|carnet de conducir|permis de conduire|patente di guida|rijbewijs"),
                Rule.of(
                        HEALTH_INSURANCE_ID,
                        "US_MBI",
                        "[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?"
                                + "[AC-HJKMNP-RT-Y]{2}\\d{2}"),
                Rule.of(HEALTH_INSURANCE_ID, "HEALTH_INSURANCE", CODE)
                        .near("insurance id|insurance number|insurance no|member id|subscriber|medicare|medicaid"
                                + "|health plan|tarjeta sanitaria|versichertennummer|carte vitale|tessera sanitaria"
                                + "|polisnummer"));
    }

    private static List<Rule> records() {
        return List.of(
                Rule.of(MEDICAL_RECORD, "MEDICAL_RECORD", "(?:MRN|NHC|PAT|HC)[-# ]\\d{5,10}"),
                Rule.of(MEDICAL_RECORD, "MEDICAL_RECORD", "[A-Z]?\\d{5,10}")
                        .near("mrn|medical record|patient id|patient number|historia cl|nhc|befund|patientennummer"
                                + "|fallnummer|dossier patient|cartella clinica|patiëntnummer"),
                Rule.after(
                        "nhc|cipa|mrn|hc",
                        MEDICAL_RECORD,
                        "MEDICAL_RECORD",
                        "[.: #-]{1,3}((?:nhc[-/ ])?\\d{5,10}(?: \\d)?)(?![A-Za-z0-9])"),
                Rule.after(
                        "nass|nuss",
                        HEALTH_INSURANCE_ID,
                        "ES_NASS",
                        "[.: ]{1,3}(\\d{2}[ /-]?\\d{8}[ /-]?\\d{2})(?!\\d)"),
                Rule.after(
                        "nºcol|nº col|n.º col|nº colegiado|n.º colegiado|colegiado|colegiada",
                        PROFESSIONAL_ID,
                        "ES_COLEGIADO",
                        "(?:[.: ]|nº|núm){1,4}(\\d{2}[ /-]?\\d{2}[ /-]?\\d{3,6}|\\d{5,9})(?!\\d)"),
                Rule.of(MEDICAL_RECORD, "MEDICAL_RECORD", "[A-Z]\\d{6,8}")
                        .near("patient|paciente|paziente|soap note|patiënt"),
                Rule.of(EMPLOYEE_ID, "EMPLOYEE_ID", "(?:EMP|PNR)-?\\d{4,8}"),
                Rule.of(EMPLOYEE_ID, "EMPLOYEE_ID", "[A-Z]{0,3}-?\\d{4,8}")
                        .near("employee|badge|personalnummer|mitarbeiter|empleado|matricule|dipendente|medewerker"
                                + "|personeelsnummer|staff id|staff number"));
    }

    private static List<Rule> userNames() {
        return List.of(
                Rule.after(
                        "fehler bei|error for|login for|failed for|anmeldung von|acceso de|sesión de",
                        USERNAME,
                        "USERNAME",
                        " (?=[a-z.]{0,24}[\\d_])" + USER),
                Rule.after(
                        "user|username|user_name|userid|user_id|login|account|benutzer|benutzername|usuario|utente"
                                + "|utilisateur|gebruiker|gebruikersnaam",
                        USERNAME,
                        "USERNAME",
                        "(?:[\"']?\\s{0,2}[:=]\\s{0,2}[\"']?|\\s)(?=[A-Za-z.]{0,24}[\\d_])" + USER),
                Rule.after("user|username|user_name|userid|user_id|login", USERNAME, "USERNAME", "[\"']?=[\"']?" + USER)
                        .exactWhen(value -> !NO_USERS.contains(value)));
    }

    private static List<Rule> plates() {
        return Stream.of(
                        "[A-Z]{1,3}-[A-Z]{1,2}[ -]?\\d{1,4}[EH]?",
                        "[A-Z]{2}\\d{2} ?[A-Z]{3}",
                        "\\d{2,3}-[A-Z]{1,2}-\\d{1,6}",
                        "\\d{4}[ -]?[B-DF-HJ-NPR-TV-Z]{3}",
                        "[A-Z]{2}[ -]?\\d{3}[ -]?[A-Z]{2}",
                        "[A-Z]{1,2} ?\\d{4,6}(?: ?[A-Z]{2})?",
                        "\\d[A-Z]{3}\\d{3}",
                        "(?=[A-Z-]{0,7}\\d)[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}")
                .map(form -> Rule.of(VEHICLE, "PLATE", form)
                        .near(
                                "kennzeichen|registration|plate|matrícula|matricula|targa|kenteken|immatriculation|auto|car"
                                        + "|wagen|vehicle|coche|voiture|fahrzeug"))
                .toList();
    }
}
