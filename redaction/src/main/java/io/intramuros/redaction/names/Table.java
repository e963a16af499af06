// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.stream.IntStream;

/** From numbers to small numbers, by open addressing; 0 is no key and -1 the answer for a number that is not there. */
final class Table {
    /** Key and value beside each other, so that one look into memory gets both. */
    private final int[] pairs;

    private final int mask;

    /**
     * An empty table.
     *
     * @param expected the number of keys it will hold at most
     */
    Table(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected * 3 / 2)) << 1;
        this.pairs = new int[2 * capacity];
        this.mask = 2 * capacity - 1;
    }

    void put(int key, int value) {
        int at = 2 * key & mask;
        while (pairs[at] != 0 && pairs[at] != key) at = at + 2 & mask;
        pairs[at] = key;
        pairs[at + 1] = value;
    }

    int get(int key) {
        int at = 2 * key & mask;
        while (pairs[at] != 0) {
            if (pairs[at] == key) return pairs[at + 1];
            at = at + 2 & mask;
        }
        return -1;
    }

    /** The keys, sorted as unsigned numbers. */
    int[] sortedKeys() {
        return IntStream.range(0, pairs.length / 2)
                .map(i -> pairs[2 * i])
                .filter(key -> key != 0)
                .mapToLong(Integer::toUnsignedLong)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
    }
}
