// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.synthesis;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Made-up names. Given and family names are common ones in bearers that are drawn; towns and companies are invented. */
final class Words {
    private static final List<String> GIVEN = List.of(
            "Alba", "Anton", "Beatriz", "Bruno", "Carla", "Clemens", "Diana", "Dario", "Edda", "Emil", "Elena",
            "Fabian", "Flora", "Felix", "Greta", "Gustav", "Hanna", "Hugo", "Ida", "Ivo", "Judith", "Jonas", "Karla",
            "Konrad", "Livia", "Lorenz", "Marta", "Matteo", "Nora", "Niklas", "Olga", "Oskar", "Paula", "Pablo", "Rita",
            "Roman", "Selma", "Simon", "Tessa", "Tomas", "Ursula", "Viktor", "Vera", "Xaver");
    private static final List<String> FAMILY = List.of(
            "Adler",
            "Almeida",
            "Bauer",
            "Benitez",
            "Bosch",
            "Calvo",
            "Conti",
            "Dekker",
            "Duarte",
            "Ebner",
            "Farkas",
            "Ferrari",
            "Gallo",
            "Gruber",
            "Haas",
            "Herrera",
            "Jansen",
            "Keller",
            "Kramer",
            "Lang",
            "Leroy",
            "Lombardi",
            "Marchand",
            "Mendes",
            "Moreau",
            "Navarro",
            "Novak",
            "Oliveira",
            "Pichler",
            "Prieto",
            "Renard",
            "Ricci",
            "Romero",
            "Sander",
            "Silva",
            "Soler",
            "Tavares",
            "Urban",
            "Vidal",
            "Vogt",
            "Wagner",
            "Winter",
            "Zeman");
    private static final List<String> FIRST_PARTS = List.of(
            "Alt", "Bel", "Birken", "Castel", "Cor", "Dal", "Eichen", "Fal", "Glen", "Hohen", "Kar", "Linden", "Mar",
            "Mont", "Nieder", "Ober", "Pal", "Rosen", "Sal", "Stein", "Tal", "Val", "Wald", "Zell");
    private static final List<String> LAST_PARTS = List.of(
            "bach", "berg", "brook", "burg", "dorf", "ena", "feld", "ford", "hausen", "heim", "ino", "mere", "monte",
            "ora", "stadt", "tal", "ton", "verde", "vik", "wick");
    private static final List<String> TRADES =
            List.of("Handel", "Logistik", "Systems", "Partners", "Werke", "Consulting", "Data", "Energia", "Media");
    private static final List<String> STREETS =
            List.of("Gartenweg", "Mill Lane", "Calle Olmo", "Rue des Lilas", "Via Verde", "Rua Nova", "Lindelaan");

    private Words() {}

    /** As many words as {@code value} has, the last one a family name where there are several. */
    static String person(String value, SplittableRandom random) {
        int words = Math.min(4, value.strip().split("\\s+", -1).length);
        StringBuilder name = new StringBuilder(pick(GIVEN, random));
        for (int i = 1; i < words; i++) name.append(' ').append(pick(FAMILY, random));
        return inCaseOf(value, name.toString());
    }

    /** An invented company; what looks like a legal form stays. */
    static String organization(String value, SplittableRandom random) {
        String[] words = value.strip().split("\\s+", -1);
        String last = words[words.length - 1];
        boolean legal = words.length > 1 && last.length() <= 6 && last.chars().anyMatch(Character::isUpperCase);
        String name = town(random) + " " + pick(TRADES, random);
        return inCaseOf(value, name) + (legal ? " " + last : "");
    }

    /** An invented town. */
    static String place(String value, SplittableRandom random) {
        return inCaseOf(value, town(random));
    }

    /** A street, a number, and, where {@code value} goes on after a comma or line, a postcode and a town. */
    static String address(String value, SplittableRandom random) {
        String street = pick(STREETS, random) + " " + (1 + random.nextInt(180));
        int mark = value.indexOf(',') >= 0 ? value.indexOf(',') : value.indexOf('\n');
        if (mark < 0) return street;
        return street + value.charAt(mark) + (value.charAt(mark) == ',' ? " " : "") + (10_000 + random.nextInt(89_000))
                + " " + town(random);
    }

    /** An address under a domain that is nobody's (RFC 2606). */
    static String email(SplittableRandom random) {
        return (pick(GIVEN, random) + "." + pick(FAMILY, random)).toLowerCase(Locale.ROOT)
                + random.nextInt(1_000)
                + "@example."
                + pick(List.of("com", "org", "net"), random);
    }

    /** A login. */
    static String username(SplittableRandom random) {
        return pick(GIVEN, random).toLowerCase(Locale.ROOT)
                + "_"
                + pick(FAMILY, random).toLowerCase(Locale.ROOT)
                + random.nextInt(1_000);
    }

    /** A page under a domain that is nobody's. */
    static String url(SplittableRandom random) {
        return "https://example.com/" + pick(GIVEN, random).toLowerCase(Locale.ROOT) + "-" + random.nextInt(1_000_000);
    }

    private static String town(SplittableRandom random) {
        return pick(FIRST_PARTS, random) + pick(LAST_PARTS, random);
    }

    private static String inCaseOf(String value, String made) {
        if (value.chars().noneMatch(Character::isLetter)) return made;
        if (value.equals(value.toUpperCase(Locale.ROOT))) return made.toUpperCase(Locale.ROOT);
        return value.equals(value.toLowerCase(Locale.ROOT)) ? made.toLowerCase(Locale.ROOT) : made;
    }

    private static String pick(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }
}
