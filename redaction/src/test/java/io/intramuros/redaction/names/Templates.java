// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Prompt-like training texts: the sentences of {@code training/templates-LANG.txt}, filled with names in many ways. */
final class Templates {
    private static final Pattern SLOT = Pattern.compile("\\{([PGSOL])\\}");
    private static final int COPIES = 60;

    private final String language;
    private final List<String> sentences;
    private final Map<String, List<String>> names;
    private final Map<String, List<String>> parts = new HashMap<>();

    private Templates(String language, List<String> sentences, Map<String, List<String>> names) {
        this.language = language;
        this.sentences = sentences;
        this.names = names;
    }

    static Templates read(Path folder, Path data, String language) throws IOException {
        List<String> sentences = Files.readAllLines(folder.resolve("templates-" + language + ".txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        Templates templates = new Templates(language, sentences, gazetteer(data, language));
        for (String line : Files.readAllLines(folder.resolve("organizations.txt"))) {
            if (!line.startsWith(language + " ")) continue;
            int colon = line.indexOf(':');
            templates.parts.put(
                    line.substring(language.length() + 1, colon),
                    List.of(line.substring(colon + 2).split(", ", -1)));
        }
        return templates;
    }

    private static Map<String, List<String>> gazetteer(Path data, String language) throws IOException {
        Map<String, List<String>> names = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data.resolve("gazetteer.tsv.gz"))), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", -1);
                names.computeIfAbsent(cells[1] + (cells[0].equals(language) ? "" : "*"), _ -> new ArrayList<>())
                        .add(cells[2]);
            }
        }
        return names;
    }

    List<Annotated> texts(Random random) {
        List<Annotated> texts = new ArrayList<>();
        for (String sentence : sentences) for (int copy = 0; copy < COPIES; copy++) texts.add(fill(sentence, random));
        return texts;
    }

    private Annotated fill(String sentence, Random random) {
        StringBuilder text = new StringBuilder();
        List<Annotated.Gold> golds = new ArrayList<>();
        Matcher slot = SLOT.matcher(sentence);
        boolean small = random.nextInt(12) == 0;
        int at = 0;
        while (slot.find()) {
            text.append(sentence, at, slot.start());
            char kind = slot.group(1).charAt(0);
            String value = value(kind, random);
            golds.add(new Annotated.Gold(text.length(), text.length() + value.length(), type(kind)));
            text.append(value);
            at = slot.end();
        }
        text.append(sentence, at, sentence.length());
        String filled = small ? text.toString().toLowerCase(Locale.ROOT) : text.toString();
        boolean same = filled.length() == text.length();
        return new Annotated("template", same ? filled : text.toString(), language, "template", List.copyOf(golds));
    }

    private static String type(char kind) {
        return switch (kind) {
            case 'O' -> "ORGANIZATION";
            case 'L' -> "LOCATION";
            default -> "PERSON";
        };
    }

    private String value(char kind, Random random) {
        return switch (kind) {
            case 'P' -> person(random);
            case 'G' -> word("given", random);
            case 'S' -> word("surname", random);
            case 'L' -> word("city", random);
            default -> organization(random);
        };
    }

    private String person(Random random) {
        String surname = word("surname", random);
        boolean two = language.equals("es") && random.nextInt(3) > 0;
        String name = switch (random.nextInt(12)) {
            case 0 -> word("given", random).charAt(0) + ". " + surname;
            case 1 -> word("given", random) + " " + word("given", random) + " " + surname;
            default -> word("given", random) + " " + surname;
        };
        if (two) name += " " + word("surname", random);
        return random.nextInt(25) == 0 ? name.toUpperCase(Locale.ROOT) : name;
    }

    /** A listed name, mostly of the language, or one that no list holds. */
    private String word(String kind, Random random) {
        int choice = random.nextInt(10);
        if (choice < 3) return Syllables.name(random);
        List<String> own = names.getOrDefault(kind, List.of());
        List<String> others = names.getOrDefault(kind + "*", List.of());
        List<String> from = choice < 8 && !own.isEmpty() ? own : others;
        return from.get(random.nextInt(from.size()));
    }

    private String organization(Random random) {
        String head = pick("head", random);
        String tail = pick("tail", random);
        String name = tail.equals("-") ? head : head + " " + tail;
        while (name.contains("{S}"))
            name = name.replaceFirst("\\{S\\}", Matcher.quoteReplacement(word("surname", random)));
        while (name.contains("{L}"))
            name = name.replaceFirst("\\{L\\}", Matcher.quoteReplacement(word("city", random)));
        return name;
    }

    private String pick(String part, Random random) {
        List<String> all = parts.getOrDefault(part, List.of("-"));
        return all.get(random.nextInt(all.size()));
    }
}
