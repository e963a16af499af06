// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufMetadata;

/**
 * Reads the metadata of one architecture.
 *
 * @param prefix the architecture's name and a dot
 */
record Keys(GgufMetadata metadata, String prefix) {
    static Keys of(GgufMetadata metadata) throws GgufException {
        return new Keys(metadata, metadata.requiredText("general.architecture") + ".");
    }

    /** An integer that must be there; an array of one value for each layer must hold the same for all. */
    int integer(String name) throws GgufException {
        String key = prefix + name;
        if (metadata.isArray(key)) {
            long[] perLayer = metadata.numbers(key);
            for (long value : perLayer) {
                if (value != perLayer[0]) {
                    throw new GgufException(key + ": differs between layers (expected: one value)");
                }
            }
            return perLayer.length == 0 ? 0 : bounded(key, perLayer[0]);
        }
        return bounded(key, metadata.requiredNumber(key));
    }

    int integer(String name, int absent) throws GgufException {
        return has(name) ? integer(name) : absent;
    }

    double real(String name, double absent) throws GgufException {
        return metadata.real(prefix + name).orElse(absent);
    }

    boolean has(String name) {
        return metadata.keys().contains(prefix + name);
    }

    private static int bounded(String key, long value) throws GgufException {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new GgufException(key + ": " + value + " (expected: a positive 32-bit integer)");
        }
        return (int) value;
    }
}
