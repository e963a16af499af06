// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A rough guess of a text's language by its small words and its special letters; good enough to choose a model. */
enum Language {
    EN(
            "the and of to in is that for with you this my your from are was have on at please what not it will me our by",
            ""),
    ES(
            "el los las que y en una con por para su mi del al se lo como más está pero hola es son nos le sus este esta gracias",
            "ñ¿¡áíóú"),
    DE(
            "der die das und ist nicht mit ein eine ich sie wir für auf den dem von zu bitte im am aus bei wird hat sind nach oder",
            "äöüß"),
    FR(
            "le les des et est une dans pour avec sur au du vous je nous que qui pas ce cette aux mon sa bonjour merci chez",
            "éèêàçùœ"),
    IT(
            "il gli che di per con una è sono del della al alla nel non mi le si lo dei ciao questo questa dal sul come anche",
            "èàòùì"),
    NL(
            "het een van en dat niet met voor op aan ik zijn bij uit naar je wordt heeft ook is dit over mijn graag om",
            "ĳ"),
    PT(
            "o os as que e em uma com por para do da no na não se dos das você meu minha ao são está pelo pela obrigado",
            "ãõç");

    private static final Map<String, List<Language>> BY_WORD = byWord();
    private static final int LETTER_WEIGHT = 1;
    private static final int WORD_WEIGHT = 2;

    private final String words;
    private final String letters;

    Language(String words, String letters) {
        this.words = words;
        this.letters = letters;
    }

    private static Map<String, List<Language>> byWord() {
        Map<String, List<Language>> byWord = new HashMap<>();
        for (Language language : values()) {
            for (String word : language.words.split(" ", -1)) {
                byWord.computeIfAbsent(word, _ -> new ArrayList<>()).add(language);
            }
        }
        return Map.copyOf(byWord);
    }

    /** Its ISO 639-1 code. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language of the page; English where nothing tells. */
    static Language of(Page page) {
        Map<Language, Integer> points = new EnumMap<>(Language.class);
        for (int i = 0; i < page.size(); i++) {
            for (Language language : BY_WORD.getOrDefault(page.lower(i), List.of())) {
                points.merge(language, WORD_WEIGHT, Integer::sum);
            }
        }
        String text = page.text();
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > '\u007f') mark(text.charAt(i), points);
        Language best = EN;
        for (Map.Entry<Language, Integer> entry : points.entrySet()) {
            if (entry.getValue() > points.getOrDefault(best, 0)) best = entry.getKey();
        }
        return best;
    }

    private static void mark(char c, Map<Language, Integer> points) {
        char small = Character.toLowerCase(c);
        for (Language language : values()) {
            if (language.letters.indexOf(small) >= 0) points.merge(language, LETTER_WEIGHT, Integer::sum);
        }
    }
}
