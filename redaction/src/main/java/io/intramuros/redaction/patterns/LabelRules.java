// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.AGE;
import static io.intramuros.redaction.EntityType.BANK_ACCOUNT;
import static io.intramuros.redaction.EntityType.DATE;
import static io.intramuros.redaction.EntityType.DATE_OF_BIRTH;
import static io.intramuros.redaction.EntityType.DRIVER_LICENSE;
import static io.intramuros.redaction.EntityType.EMPLOYEE_ID;
import static io.intramuros.redaction.EntityType.HEALTH_INSURANCE_ID;
import static io.intramuros.redaction.EntityType.MEDICAL_RECORD;
import static io.intramuros.redaction.EntityType.PASSPORT;
import static io.intramuros.redaction.EntityType.USERNAME;
import static io.intramuros.redaction.EntityType.VEHICLE;

import java.util.List;
import java.util.stream.Stream;

/** Dates, and what only the word near it tells: accounts, passports, plates, records, user names. */
final class LabelRules {
    private static final String MONTH =
            "(?i:jan(?:uar[yi]?|vier|eiro)?|feb(?:ruar[yi]?|rero|braio|vereiro)?|fév(?:rier)?|fevrier|gen(?:naio)?|ene(?:ro)?"
                    + "|mar(?:ch|zo|s|ço|et)?|mär(?:z)?|maart|mrz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?"
                    + "|may(?:o)?|mai(?:o)?|mag(?:gio)?|mei|jun[ei]?(?:o|ho)?|juin|giu(?:gno)?|jul[yi]?(?:o|ho)?|juil(?:let)?"
                    + "|lug(?:lio)?|aug(?:ust(?:us)?)?|ago(?:sto)?|août|aout|sep(?:t(?:emb(?:er|re)|iembre)?|tembre)?|set(?:tembre|embro)?"
                    + "|o[ck]t(?:ob(?:er|re)|ubre)?|ott(?:obre)?|out(?:ubro)?|nov(?:emb(?:er|re)|iembre|embro)?"
                    + "|de[czs](?:emb(?:er|re)|iembre|embro)?|dic(?:embre|iembre)?|déc(?:embre)?)\\.?";
    private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
    private static final String MONTH_NUMBER = "(?:0?[1-9]|1[0-2])";
    private static final String YEAR = "(?:19|20)\\d{2}";
    private static final String FULL_DATE = "(?:" + numeric("-") + "|" + numeric("/") + "|" + numeric("\\.")
            + "|" + MONTH_NUMBER + "/" + DAY + "/" + YEAR
            + "|" + DAY + "(?:st|nd|rd|th|er|[.ºª])?[ -](?:of |de )?" + MONTH + "(?: del?|,|-)? ?" + YEAR
            + "|" + MONTH + " " + DAY + "(?:st|nd|rd|th)?,? " + YEAR + ")";
    private static final String SHORT_DATE = DAY + "[-/.]" + DAY + "[-/.]\\d{2}";
    private static final String[] BIRTH = {
        "born", "birth", "dob", "d.o.b", "geb", "geboren", "geburt", "nacid", "nacimiento", "fecha de nac", "né le",
        "née le", "né(e) le", "nee le", "né à", "née à", "naissance", "nato il", "nata il", "nato a", "nata a",
                "nascita",
        "nascid", "nascimento", "geboorte", "urodz", "född", "født"
    };
    private static final String CODE = "(?=[A-Z0-9-]{0,12}\\d{3})[A-Z0-9][A-Z0-9-]{4,16}[A-Z0-9]";

    private LabelRules() {}

    static List<Rule> all() {
        return Stream.of(dates(), accountsAndPapers(), records(), userNames(), plates())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> dates() {
        return List.of(
                Rule.of(DATE, "DATE", FULL_DATE),
                birth(FULL_DATE),
                birth(SHORT_DATE),
                Rule.of(DATE_OF_BIRTH, "BIRTH_MARK", "(?<=[^*]\\*|[^*]\\* )" + FULL_DATE),
                Rule.of(
                        AGE,
                        "AGE",
                        "1?\\d{1,2}[- ](?:(?:years?|yrs?|yr)[- ]olds?|year-old|Jahre alt|jährig(?:e[rsnm]?)?|años de edad|ans d'âge"
                                + "|anni di età|jaar oud|anos de idade|y/o)"),
                Rule.of(
                        AGE,
                        "AGE",
                        "(?i:aged?|alter|edad|âge|età|leeftijd|idade)[\"']?(?:\\s{0,2}[:=]\\s{0,2}|\\s(?:of\\s)?)[\"']?(1?\\d{1,2})(?![\\d.,:/-])"));
    }

    private static List<Rule> accountsAndPapers() {
        return List.of(
                Rule.of(BANK_ACCOUNT, "ACCOUNT", "\\d{6,17}|\\d{4}[ -]\\d{4}[ -]\\d{2}[ -]\\d{10}")
                        .near(
                                "account number",
                                "account no",
                                "account #",
                                "acct",
                                "kontonummer",
                                "konto-nr",
                                "konto nr",
                                "cuenta",
                                "numéro de compte",
                                "numero de compte",
                                "numero di conto",
                                "rekeningnummer"),
                Rule.of(PASSPORT, "PASSPORT", "(?=[A-Z0-9]{0,4}\\d{3})[A-Z0-9]{7,9}")
                        .near("passport", "reisepass", "pasaporte", "passeport", "passaporto", "paspoort", "pass-nr"),
                Rule.of(DRIVER_LICENSE, "DRIVER_LICENSE", CODE)
                        .near(
                                "driver's licen",
                                "drivers licen",
                                "driver licen",
                                "driving licen",
                                "führerschein",
                                "licencia de conduc",
                                "carnet de conducir",
                                "permis de conduire",
                                "patente di guida",
                                "rijbewijs"),
                Rule.of(
                        HEALTH_INSURANCE_ID,
                        "US_MBI",
                        "[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y]{2}\\d{2}"),
                Rule.of(HEALTH_INSURANCE_ID, "HEALTH_INSURANCE", CODE)
                        .near(
                                "insurance id",
                                "insurance number",
                                "insurance no",
                                "member id",
                                "subscriber",
                                "medicare",
                                "medicaid",
                                "health plan",
                                "tarjeta sanitaria",
                                "versichertennummer",
                                "carte vitale",
                                "tessera sanitaria",
                                "polisnummer"));
    }

    private static List<Rule> records() {
        return List.of(
                Rule.of(MEDICAL_RECORD, "MEDICAL_RECORD", "(?:MRN|NHC|PAT|HC)(?:[-#]|: ?| )\\d{5,10}"),
                Rule.of(MEDICAL_RECORD, "MEDICAL_RECORD", "[A-Z]?\\d{5,10}")
                        .near(
                                "mrn",
                                "medical record",
                                "patient id",
                                "patient number",
                                "historia cl",
                                "nhc",
                                "befund",
                                "patientennummer",
                                "fallnummer",
                                "dossier patient",
                                "cartella clinica",
                                "patiëntnummer"),
                Rule.of(EMPLOYEE_ID, "EMPLOYEE_ID", "(?:EMP|PNR)-?\\d{4,8}"),
                Rule.of(EMPLOYEE_ID, "EMPLOYEE_ID", "[A-Z]{0,3}-?\\d{4,8}")
                        .near(
                                "employee",
                                "badge",
                                "personalnummer",
                                "mitarbeiter",
                                "empleado",
                                "matricule",
                                "dipendente",
                                "medewerker",
                                "personeelsnummer",
                                "staff id",
                                "staff number"));
    }

    private static List<Rule> userNames() {
        return List.of(
                Rule.of(
                        USERNAME,
                        "USERNAME",
                        "(?i:user(?:_?name|_?id)?|login|account|benutzer(?:name)?|usuario|utente|utilisateur|gebruiker(?:snaam)?)"
                                + "(?:[\"']?\\s{0,2}[:=]\\s{0,2}[\"']?|\\s)"
                                + "((?=[A-Za-z.]{0,24}[\\d_])[A-Za-z][A-Za-z0-9._-]{2,30}[A-Za-z0-9])(?![@A-Za-z0-9/(])"),
                Rule.of(
                                USERNAME,
                                "USERNAME",
                                "(?i:user(?:_?name|_?id)?|login)[\"']?=[\"']?([A-Za-z][A-Za-z0-9._-]{2,30}[A-Za-z0-9])(?![@A-Za-z0-9/(])")
                        .exactWhen(value -> !value.equals("null") && !value.equals("true") && !value.equals("false")));
    }

    private static List<Rule> plates() {
        return List.of(
                plate("[A-Z]{1,3}-[A-Z]{1,2}[ -]?\\d{1,4}[EH]?"),
                plate("[A-Z]{2}\\d{2} ?[A-Z]{3}"),
                plate("\\d{2,3}-[A-Z]{1,2}-\\d{1,6}"),
                plate("\\d{4}[ -]?[B-DF-HJ-NPR-TV-Z]{3}"),
                plate("[A-Z]{2}[ -]?\\d{3}[ -]?[A-Z]{2}"),
                plate("[A-Z]{1,2} ?\\d{4,6}(?: ?[A-Z]{2})?"),
                plate("\\d[A-Z]{3}\\d{3}"),
                plate("(?=[A-Z-]{0,7}\\d)[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}"));
    }

    /** Year first or last with one mark between. */
    private static String numeric(String mark) {
        return YEAR + mark + MONTH_NUMBER + mark + DAY + "|" + DAY + mark + MONTH_NUMBER + mark + YEAR;
    }

    private static Rule birth(String form) {
        return Rule.of(DATE_OF_BIRTH, "DATE_OF_BIRTH", form).near(BIRTH);
    }

    private static Rule plate(String form) {
        return Rule.of(VEHICLE, "PLATE", form)
                .near(
                        "kennzeichen",
                        "registration",
                        "plate",
                        "matrícula",
                        "matricula",
                        "targa",
                        "kenteken",
                        "immatriculation",
                        "auto",
                        "car",
                        "wagen",
                        "vehicle",
                        "coche",
                        "voiture",
                        "fahrzeug");
    }
}
