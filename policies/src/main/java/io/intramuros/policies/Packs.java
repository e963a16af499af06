// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Place;
import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.Suggestion;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The policies that ship with the product. */
public final class Packs {
    private static final List<String> NAMES = List.of("gdpr-default", "hipaa-18", "pci", "developer-secrets", "none");

    private Packs() {}

    /** The names of all packs. */
    public static List<String> names() {
        return NAMES;
    }

    /** The packs' texts; a name that is none goes to {@code problems}. */
    static List<YamlText> read(List<String> names, Problems problems) {
        List<YamlText> texts = new ArrayList<>();
        for (String name : names) {
            if (NAMES.contains(name)) texts.add(read(name, problems));
            else problems.add(new Place("<packs>", 1, 1), name + ": unknown pack" + Suggestion.of(name, NAMES));
        }
        return texts;
    }

    private static YamlText read(String name, Problems problems) {
        try (InputStream pack = Packs.class.getResourceAsStream("packs/" + name + ".yaml")) {
            if (pack == null) throw new IllegalStateException("pack " + name + " is not on the class path");
            return YamlText.decode("<pack " + name + ">", pack.readAllBytes(), problems);
        } catch (IOException broken) {
            throw new UncheckedIOException("pack " + name + " cannot be read", broken);
        }
    }
}
