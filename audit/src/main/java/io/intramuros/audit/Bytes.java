// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.Arrays;

/** Bytes that are put together. One thread. */
final class Bytes {
    private byte[] bytes;
    private int length;

    Bytes(int expected) {
        this.bytes = new byte[expected];
    }

    void add(byte one) {
        room(1);
        bytes[length++] = one;
    }

    void add(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Adds members of a JSON object, with a comma where there were some before; says whether there are some now. */
    boolean member(byte[] members, boolean begun) {
        if (members.length == 0) return begun;
        if (begun) add((byte) ',');
        add(members);
        return true;
    }

    private void room(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }
}
