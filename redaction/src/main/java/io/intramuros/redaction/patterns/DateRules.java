// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.AGE;
import static io.intramuros.redaction.EntityType.DATE;
import static io.intramuros.redaction.EntityType.DATE_OF_BIRTH;

import java.util.List;

/** Dates, dates of birth by the words near them, and ages. */
final class DateRules {
    private static final String MONTH =
            "(?iu:jan(?:uar[yi]?|vier|eiro)?|feb(?:ruar[yi]?|rero|braio|vereiro)?|fév(?:rier)?|fevrier|gen(?:naio)?"
                    + "|ene(?:ro)?|mar(?:ch|zo|s|ço|et)?|märz?|maart|mrz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|mayo?|maio?"
                    + "|mag(?:gio)?|mei|jun[ei]?(?:o|ho)?|juin|giu(?:gno)?|jul[yi]?(?:o|ho)?|juil(?:let)?|lug(?:lio)?"
                    + "|aug(?:ust(?:us)?)?|ago(?:sto)?|août|aout|sep(?:t(?:emb(?:er|re)|iembre)?|tembre)?"
                    + "|set(?:tembre|embro)?|o[ck]t(?:ob(?:er|re)|ubre)?|ott(?:obre)?|out(?:ubro)?"
                    + "|nov(?:emb(?:er|re)|iembre|embro)?|de[czs](?:emb(?:er|re)|iembre|embro)?|dic(?:embre|iembre)?"
                    + "|déc(?:embre)?)\\.?";
    private static final String DAY = "(?:[12]\\d|3[01]|0?[1-9])";
    private static final String MONTH_NUMBER = "(?:1[0-2]|0?[1-9])";
    private static final String YEAR = "(?:19|20)\\d{2}";
    private static final String FULL = "(?:" + numeric("-") + "|" + numeric("/") + "|" + numeric("\\.") + "|"
            + MONTH_NUMBER + "/" + DAY + "/" + YEAR + "|"
            + DAY + "(?:st|nd|rd|th|er|[.ºª])?[ -](?:of |de )?" + MONTH + "(?: del?|,|-)? ?" + YEAR + "|"
            + MONTH + " " + DAY + "(?:st|nd|rd|th)?,? " + YEAR + ")";
    private static final String SHORT = DAY + "[-/.]" + DAY + "[-/.]\\d{2}";
    private static final String BIRTH_WORDS = "born|birth|dob|d.o.b|geb|geboren|geburt|nacido|nacida|nacimiento"
            + "|fecha de nac|né le|née le|né(e) le|nee le|né à|née à|naissance|nato il|nata il|nato a|nata a|nascita"
            + "|nascido|nascida|nascimento|geboorte|urodz|född|født";

    private DateRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(DATE, "DATE", FULL),
                Rule.of(DATE_OF_BIRTH, "DATE_OF_BIRTH", FULL).near(BIRTH_WORDS),
                Rule.of(DATE_OF_BIRTH, "DATE_OF_BIRTH", SHORT).near(BIRTH_WORDS),
                // German records write a star before it; the check is on what stands there, so it is surer than a date
                Rule.of(DATE_OF_BIRTH, "BIRTH_STAR", "(?<=[^*]\\*|[^*]\\* )" + FULL)
                        .checked(_ -> true),
                Rule.of(
                        AGE,
                        "AGE",
                        "1?\\d{1,2}[- ](?:(?:years?|yrs?|yr)[- ]olds?|year-old|Jahre alt|jährig(?:e[rsnm]?)?|años de edad"
                                + "|ans d'âge|anni di età|jaar oud|anos de idade|y/o)"),
                Rule.after(
                        "age|aged|alter|edad|âge|età|leeftijd|idade",
                        AGE,
                        "AGE",
                        "[\"']?(?:\\s{0,2}[:=]\\s{0,2}|\\s(?:of\\s)?)[\"']?(1?\\d{1,2})(?![\\d.,:/-])"));
    }

    /** Year first or last with one mark between. */
    private static String numeric(String mark) {
        return YEAR + mark + MONTH_NUMBER + mark + DAY + "|" + DAY + mark + MONTH_NUMBER + mark + YEAR;
    }
}
