// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.TokenNameFinderModel;

/** The trained models, each loaded when its language is first met; a model is shared, a finder belongs to one call. */
final class Models {
    private static final Map<Language, String> FILES = Map.of(Language.EN, "en", Language.ES, "es", Language.DE, "de");

    private final Map<Language, String> files;
    private final Map<Language, TokenNameFinderModel> loaded = new ConcurrentHashMap<>();

    private Models(Map<Language, String> files) {
        this.files = files;
    }

    /** The models of this package. */
    static Models shipped() {
        return new Models(FILES);
    }

    /** No model, to tell what the rules do alone. */
    static Models none() {
        return new Models(Map.of());
    }

    /** A finder of one's own for {@code language}; empty where there is no model. */
    Optional<NameFinderME> finder(Language language) {
        String file = files.get(language);
        if (file == null) return Optional.empty();
        return Optional.of(new NameFinderME(loaded.computeIfAbsent(language, _ -> load("names-" + file + ".bin"))));
    }

    private static TokenNameFinderModel load(String name) {
        NameFactory.register();
        try (InputStream in = new BufferedInputStream(Resources.open(name))) {
            return new TokenNameFinderModel(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": unreadable model", e);
        }
    }
}
