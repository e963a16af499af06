// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The words that stand beside names, by kind: titles, greetings, field names, legal forms. */
final class Cues {
    private final Map<String, PhraseSet> kinds;

    private Cues(Map<String, PhraseSet> kinds) {
        this.kinds = kinds;
    }

    /** The cues of this package, read once. */
    static Cues shipped() {
        return Shipped.CUES;
    }

    /** The phrases of {@code kind}. */
    PhraseSet of(String kind) {
        PhraseSet found = kinds.get(kind);
        if (found == null) throw new IllegalArgumentException("kind: " + kind + " (expected: one of cues.txt)");
        return found;
    }

    private static Cues read() {
        Map<String, PhraseSet> kinds = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Resources.open("cues.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() || line.startsWith("#")) continue;
                int colon = line.indexOf(':');
                List<String> phrases = List.of(line.substring(colon + 1).strip().split(", ", -1));
                kinds.put(line.substring(0, colon), new PhraseSet(new TreeSet<>(phrases)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cues.txt: unreadable", e);
        }
        return new Cues(Map.copyOf(kinds));
    }

    private static final class Shipped {
        static final Cues CUES = read();
    }
}
