// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The trained models, each loaded when its language is first met, and then shared. */
final class Models {
    private static final Set<Language> TRAINED = Set.of(Language.values());
    /** The languages for which there are clusters of words. */
    private static final Set<Language> CLUSTERED = Set.of(Language.EN, Language.DE, Language.ES);

    private final Set<Language> languages;
    private final Map<Language, Finder> loaded = new ConcurrentHashMap<>();

    private Models(Set<Language> languages) {
        this.languages = languages;
    }

    /** The models of this package. */
    static Models shipped() {
        return new Models(TRAINED);
    }

    /** No model, to tell what the rules do alone. */
    static Models none() {
        return new Models(Set.of());
    }

    /** The model for {@code language}; empty where there is none. */
    Optional<Finder> of(Language language) {
        if (!languages.contains(language)) return Optional.empty();
        Finder known = loaded.get(language);
        return Optional.of(known != null ? known : loaded.computeIfAbsent(language, Models::load));
    }

    /** The clusters of words for {@code language}; those that know no word where there are none. */
    static Clusters clusters(Language language) {
        return CLUSTERED.contains(language)
                ? Clusters.shipped("clusters-" + language.code() + ".bin.gz")
                : Clusters.NONE;
    }

    private static Finder load(Language language) {
        String file = "names-" + language.code() + ".bin";
        try (InputStream in = Resources.open(file)) {
            return read(file, in.readAllBytes(), clusters(language));
        } catch (IOException e) {
            throw new UnreadableModelException(file + ": missing", e);
        }
    }

    /**
     * Reads a model file.
     *
     * @throws UnreadableModelException where it is damaged; it names the file and the digest of what stands in it
     */
    static Finder read(String file, byte[] bytes, Clusters clusters) {
        try {
            return Finder.load(new ByteArrayInputStream(bytes), clusters);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableModelException(file + ": unreadable model (SHA-256 " + digest(bytes) + ")", e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every Java runtime)", e);
        }
    }
}
