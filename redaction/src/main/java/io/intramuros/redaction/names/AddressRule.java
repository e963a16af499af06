// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Streets with a number, and the postcode and town after them. The forms are bounded (no repetition without a limit), so that
 * no text makes them slow.
 */
final class AddressRule implements Rule {
    private static final String CAP = "\\p{Lu}[\\p{L}'’.\\-]{0,30}+(?!\\d)";
    private static final String SMALL =
            "(?:de|del|de la|de las|de los|la|el|los|las|y|du|des|d'|di|della|dei|da|do|dos|der|den|dem|van|van der|am|an der|im|zum|zur|l'|le|les)";
    private static final String NAME =
            "(?:" + SMALL + "[ ]?){0,2}" + CAP + "(?:[ ](?:" + SMALL + "[ ]){0,2}" + CAP + "){0,4}";
    private static final String HOUSE = "\\d{1,5}(?:[ ]?[a-zA-Z])?(?:[ ]?[-/–][ ]?\\d{1,4}[a-zA-Z]?)?(?![\\p{L}\\d])";
    private static final String FLAT =
            "(?:,?[ ](?:\\d{1,2}[ºª°.]{1,2}(?:[ ]?[A-Za-z]\\b|[ ](?:izq|dcha|der)\\.?)?|(?:[Pp]iso|[Bb]ajo|[Ee]sc\\.?|[Pp]ta\\.?|[Pp]uerta|"
                    + "[Ss]uite|[Aa]pt\\.?|[Uu]nit|[Ff]lat|[Ff]loor|[Ii]nt\\.?|Wohnung|Whg\\.?|bus|App\\.?)(?:[ ]?[\\w#]{1,5})?|#[ ]?\\w{1,5})){0,3}";
    private static final String CODE =
            "(?:[A-Z]{1,2}-)?\\d{4,5}(?:-\\d{3,4})?(?:[ ][A-Z]{2}\\b)?|[A-Z]{1,2}\\d[A-Z\\d]?[ ]?\\d[A-Z]{2}|[A-Z]\\d[A-Z][ ]\\d[A-Z]\\d";
    private static final String PART = "(?:St\\.|Sta\\.|\\p{Lu}[\\p{L}'’\\-]{0,30}+(?!\\d))";
    private static final String TOWN = PART
            + "(?:[ -](?:(?:am|an der|im|in der|de|del|de la|de los|la|les|sur|di|den|upon|on)[ ])?" + PART + "){0,3}";
    private static final String TAIL = "(?:,?[ ]{0,2}\\n?[ ]{0,2}(?:CP[ ]?)?(?:" + CODE + ")[ ]" + TOWN + "|,[ ]" + TOWN
            + "(?:,[ ]?[A-Z]{2}\\b)?(?:,?[ ](?:" + CODE + "))?)?";

    private static final List<Pattern> FORMS = List.of(english(), german(), romance(), french(), coded());
    private static final int BEFORE = 80;
    private static final int AFTER = 100;
    private static final Pattern END = Pattern.compile("[,. ]+$");

    private static Pattern english() {
        String kind =
                "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Boulevard|Blvd|Way|Terrace|Ter|Crescent"
                        + "|Cres|Close|Gardens|Gate|Grove|Row|Mews|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Trail|Walk|Quay|Hill|Rise|Park|Green|Wharf|Broadway)";
        String words = "(?:(?:[NSEW]|North|South|East|West|\\d{1,3}(?:st|nd|rd|th)|" + CAP + ")[ ]){1,4}?";
        return Pattern.compile(
                "(?<![\\p{L}\\d.,#-])\\d{1,5}[a-zA-Z]?,?[ ]" + words + kind + "(?![\\p{L}])\\.?" + FLAT + TAIL);
    }

    private static Pattern german() {
        String joined =
                "\\p{Lu}[\\p{L}.\\-]{1,30}(?:stra(?:ß|ss)e|str\\.?|weg|platz|allee|gasse|ring|damm|ufer|steig|chaussee|promenade|graben|markt|straat|laan"
                        + "|plein|kade|gracht|dijk|singel|steeg|vej|gade|väg|gatan)";
        String apart = "(?:" + CAP
                + "[ -]){1,3}(?:Stra(?:ß|ss)e|Str\\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Chaussee|Voorhout|Singel)";
        String leading =
                "(?:Am|An der|Auf dem|Im|In der|Unter den|Zum|Zur)[ ](?!Jahr|Alter|Juli|Juni|Mai|März|April|August"
                        + "|Januar|Februar|September|Oktober|November|Dezember|Frühjahr|Sommer|Herbst|Winter)" + CAP;
        return Pattern.compile(
                "(?<![\\p{L}\\d])(?:" + apart + "|" + joined + "|" + leading + ")[ ]?" + HOUSE + FLAT + TAIL);
    }

    private static Pattern romance() {
        String kind =
                "(?:[Cc]alle|C/|C\\.|[Aa]venida|Avda\\.?|Av\\.?|[Pp]laza|Pza\\.?|Plza\\.?|[Pp]aseo|P\\.º|Pº|[Cc]amino|[Cc]arretera|Ctra\\.?|[Rr]onda|[Tt]raves[íi]a"
                        + "|Rúa|Carrer|Glorieta|Urbanización|Urb\\.|Via|Viale|V\\.le|Piazza|P\\.zza|Piazzale|Corso|C\\.so|Largo|Vicolo|Strada|Rua|Travessa|Praça|Alameda|Avinguda|Passeig|Plaça)";
        return Pattern.compile("(?<![\\p{L}\\d])" + kind + "[ ]?" + NAME + ",?[ ](?:n[º°.]{1,2}[ ]?|núm\\.?[ ]?|#)?"
                + HOUSE + FLAT + TAIL);
    }

    private static Pattern french() {
        String kind =
                "(?:rue|Rue|avenue|Avenue|av\\.|boulevard|Boulevard|bd|Bd|place|Place|chemin|Chemin|allée|Allée|impasse|Impasse|quai|Quai|route|Route"
                        + "|cours|Cours|square|passage|Passage|faubourg)";
        return Pattern.compile(
                "(?<![\\p{L}\\d.,#-])\\d{1,4}(?:[ ]?(?:bis|ter|[A-D])\\b)?,?[ ]" + kind + "[ ]" + NAME + FLAT + TAIL);
    }

    /** Any name with a number, when a postcode and a town follow. */
    private static Pattern coded() {
        String code = "(?:(?:[A-Z]{1,2}-)?\\d{4,5}(?:[ ][A-Z]{2}\\b)?)";
        return Pattern.compile("(?<![\\p{L}\\d])" + CAP + "(?:[ ]" + CAP + "){0,3},?[ ]" + HOUSE + FLAT
                + ",?[ \\n]{1,2}" + code + "[ ]" + TOWN);
    }

    @Override
    public void find(Page page, Finds finds) {
        int from = -1;
        int to = -1;
        for (int i = 0; i < page.size(); i++) {
            if (page.shape(i) != Shape.NUMBER && page.shape(i) != Shape.CODE) continue;
            int start = Math.max(0, page.start(i) - BEFORE);
            if (from >= 0 && start > to) {
                search(page, from, to, finds);
                from = start;
            }
            if (from < 0) from = start;
            to = Math.min(page.text().length(), page.end(i) + AFTER);
        }
        if (from >= 0) search(page, from, to, finds);
    }

    /** Looks only around numbers: most text has none. */
    private static void search(Page page, int from, int to, Finds finds) {
        for (Pattern form : FORMS) {
            Matcher found = form.matcher(page.text()).region(from, to);
            found.useTransparentBounds(true).useAnchoringBounds(false);
            while (found.find()) add(page, found.start(), found.end(), finds);
        }
    }

    private static void add(Page page, int start, int end, Finds finds) {
        Matcher tail = END.matcher(page.text()).region(start, end);
        finds.addSpan(EntityType.ADDRESS, start, tail.find() ? tail.start() : end, Source.LISTED);
    }
}
