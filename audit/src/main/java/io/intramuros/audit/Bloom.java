// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Says of a term that it is certainly not among those added, or that it may be (Bloom, 1970; by Kirsch and Mitzenmacher). */
final class Bloom {
    static final int BYTES = 1_024;
    private static final int HASHES = 4;

    private final byte[] bits;

    Bloom() {
        this(new byte[BYTES]);
    }

    Bloom(byte[] bits) {
        this.bits = bits;
    }

    byte[] bytes() {
        return bits;
    }

    void add(String term) {
        long hash = hash(term);
        for (int i = 0; i < HASHES; i++) {
            int at = at(hash, i);
            bits[at >> 3] |= (byte) (1 << (at & 7));
        }
    }

    boolean mayHave(List<String> terms) {
        for (String term : terms) {
            long hash = hash(term);
            for (int i = 0; i < HASHES; i++) {
                int at = at(hash, i);
                if ((bits[at >> 3] & (1 << (at & 7))) == 0) return false;
            }
        }
        return true;
    }

    private static int at(long hash, int i) {
        return (int) Long.remainderUnsigned(hash + i * (Long.rotateRight(hash, 32) | 1), 8L * BYTES);
    }

    /** Two CRCs, of which each comes from other bits: nobody gains by finding terms that collide. */
    private static long hash(String term) {
        byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
        CRC32C first = new CRC32C();
        first.update(bytes);
        long low = first.getValue();
        first.update(bytes.length);
        first.update(bytes);
        return first.getValue() << 32 | low;
    }
}
