// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a field, a column or a JSON member says of its value. */
final class Keys {
    private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Ll}\\d])(?=\\p{Lu})|[_\\-]+");
    private static final Set<String> NAME_WORDS = Set.of("name", "nombre", "nom", "nome", "naam");

    private static final Cues CUES = Cues.shipped();
    private static final PhraseSet PERSON = CUES.of("key-person");
    private static final PhraseSet WEAK = CUES.of("key-weak");
    private static final PhraseSet PLACE = CUES.of("key-place");
    private static final PhraseSet COMPANY = CUES.of("key-company");
    private static final PhraseSet ADDRESS = CUES.of("key-address");
    private static final PhraseSet NOT = CUES.of("key-not");

    private Keys() {}

    /** What a value is. */
    enum Meaning {
        /** A person, nearly always. */
        PERSON,
        /** A person, if the value looks like one. */
        PERHAPS_PERSON,
        PLACE,
        COMPANY,
        ADDRESS,
        NONE
    }

    /** The meaning of a whole key: {@code customer_name}, {@code Firma}, {@code birthPlace}. */
    static Meaning of(String key) {
        String words =
                HUMP.matcher(key).replaceAll(" ").toLowerCase(Locale.ROOT).strip();
        if (PERSON.has(words)) return Meaning.PERSON;
        if (COMPANY.has(words)) return Meaning.COMPANY;
        if (ADDRESS.has(words)) return Meaning.ADDRESS;
        if (PLACE.has(words)) return Meaning.PLACE;
        if (WEAK.has(words)) return Meaning.PERHAPS_PERSON;
        return ofParts(words);
    }

    private static Meaning ofParts(String words) {
        int space = words.lastIndexOf(' ');
        if (space < 0) return Meaning.NONE;
        String last = words.substring(space + 1);
        String before = words.substring(words.lastIndexOf(' ', space - 1) + 1, space);
        if (NAME_WORDS.contains(last)) return NOT.has(before) ? Meaning.NONE : Meaning.PERHAPS_PERSON;
        if (ADDRESS.has(last)) return Meaning.ADDRESS;
        return PLACE.has(last) ? Meaning.PLACE : Meaning.NONE;
    }

    /** The meaning of the key that ends before token {@code end}, by the longest phrase that has one. */
    static Meaning before(Page page, int end) {
        if (end > 0
                && (page.shape(end - 1) == Shape.CODE
                        || page.shape(end - 1) == Shape.MIXED
                        || page.lower(end - 1).indexOf('-') > 0)) {
            return of(page.word(end - 1));
        }
        if (PERSON.before(page, end) > 0) return nameOfThing(page, end) ? Meaning.NONE : Meaning.PERSON;
        if (COMPANY.before(page, end) > 0) return Meaning.COMPANY;
        if (ADDRESS.before(page, end) > 0) return Meaning.ADDRESS;
        if (PLACE.before(page, end) > 0) return Meaning.PLACE;
        int weak = WEAK.before(page, end);
        if (weak == 0 || nameOfThing(page, end)) return Meaning.NONE;
        boolean header = page.lower(end - weak).length() > 4 || page.sentenceStart(end - weak);
        return header ? Meaning.PERHAPS_PERSON : Meaning.NONE;
    }

    private static boolean nameOfThing(Page page, int end) {
        return NAME_WORDS.contains(page.lower(end - 1))
                && end > 1
                && page.joined(end - 1)
                && NOT.has(page.lower(end - 2));
    }
}
