// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/** The trained models, each loaded when its language is first met, and then shared. */
final class Models {
    private static final Set<Language> TRAINED = Set.of(Language.values());
    /** The languages for which there are clusters of words. */
    private static final Set<Language> CLUSTERED = Set.of(Language.EN, Language.DE, Language.ES);

    private final Set<Language> languages;
    private final Map<Language, Model> loaded = new ConcurrentHashMap<>();

    private Models(Set<Language> languages) {
        this.languages = languages;
    }

    /** A model and the clusters of words that it was trained with. */
    record Model(Chain chain, Clusters clusters) {}

    /** The models of this package. */
    static Models shipped() {
        return new Models(TRAINED);
    }

    /** No model, to tell what the rules do alone. */
    static Models none() {
        return new Models(Set.of());
    }

    /** The model for {@code language}; empty where there is none. */
    Optional<Model> of(Language language) {
        if (!languages.contains(language)) return Optional.empty();
        Model known = loaded.get(language);
        return Optional.of(known != null ? known : loaded.computeIfAbsent(language, Models::load));
    }

    /** The clusters of words for {@code language}; those that know no word where there are none. */
    static Clusters clusters(Language language) {
        return CLUSTERED.contains(language)
                ? Clusters.shipped("clusters-" + language.code() + ".bin.gz")
                : Clusters.NONE;
    }

    private static Model load(Language language) {
        String file = "names-" + language.code() + ".bin.gz";
        try (InputStream in = Resources.open(file)) {
            return new Model(read(file, in.readAllBytes()), clusters(language));
        } catch (IOException e) {
            throw new UnreadableModelException(file + ": missing", e);
        }
    }

    /**
     * Reads a packed model.
     *
     * @throws UnreadableModelException where it is damaged; it names the file and the digest of what stands in it
     */
    static Chain read(String file, byte[] packed) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16))) {
            Chain chain = Chain.load(in);
            if (in.read() >= 0) throw new IOException("model: longer than it says");
            return chain;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableModelException(file + ": unreadable model (SHA-256 " + digest(packed) + ")", e);
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
