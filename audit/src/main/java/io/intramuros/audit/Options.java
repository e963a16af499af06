// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line: {@code --name value} pairs and operands, read strictly. */
final class Options {
    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    /**
     * Reads one.
     *
     * @param known the names that there are, without dashes
     * @throws IllegalArgumentException if there is another, or one without its value
     */
    static Options read(List<String> words, List<String> known) {
        Options options = new Options();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                options.operands.add(word);
                continue;
            }
            String name = word.substring(2);
            if (!known.contains(name))
                throw new IllegalArgumentException("option: unknown (expected: --" + String.join(", --", known) + ")");
            if (++i == words.size()) throw new IllegalArgumentException(word + ": without a value (expected: one)");
            options.values.computeIfAbsent(name, _ -> new ArrayList<>()).add(words.get(i));
        }
        return options;
    }

    /** All values of an option. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The last value of an option, or another where there is none. */
    String text(String name, String otherwise) {
        List<String> all = all(name);
        return all.isEmpty() ? otherwise : all.getLast();
    }

    String text(String name) {
        List<String> all = all(name);
        if (all.isEmpty()) throw new IllegalArgumentException("--" + name + ": missing (expected: a value)");
        return all.getLast();
    }

    long number(String name, long otherwise) {
        String text = text(name, Long.toString(otherwise));
        if (!text.matches("\\d{1,18}"))
            throw new IllegalArgumentException("--" + name + ": no number (expected: a whole number)");
        return Long.parseLong(text);
    }

    List<Path> files(String name) {
        return all(name).stream().map(Path::of).toList();
    }

    /** The operands, of which there is at least one. */
    List<Path> operands() {
        if (operands.isEmpty()) throw new IllegalArgumentException("operand: missing (expected: a folder or a file)");
        return operands.stream().map(Path::of).toList();
    }

    /** The operand, which is the only one. */
    Path operand() {
        if (operands().size() > 1) throw new IllegalArgumentException("operands: several (expected: one)");
        return operands().getFirst();
    }
}
