// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/**
 * Words that stand in like places, by the paths of a Brown clustering: the low bits of a path name a large cluster, all its
 * bits a small one.
 */
final class Clusters {
    /** Knows no word. */
    static final Clusters NONE = new Clusters(new Table(0));

    private final Table paths;

    private Clusters(Table paths) {
        this.paths = paths;
    }

    /** The clusters of a language, from a file beside this class. */
    static Clusters shipped(String file) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Resources.open(file), 1 << 16)))) {
            int size = in.readInt();
            Table paths = new Table(size);
            int key = 0;
            for (int i = 0; i < size; i++) {
                key += Packed.read(in);
                paths.put(key, Packed.read(in));
            }
            return new Clusters(paths);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": unreadable clusters", e);
        }
    }

    /** The path of a word, as it stands or else in small letters; 0 for an unknown one. */
    int of(String word, String lower) {
        int path = paths.get(Hash.of(word));
        if (path < 0) path = paths.get(Hash.of(lower));
        return Math.max(path, 0);
    }
}
