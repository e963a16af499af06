// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers of seven bits a byte, the low ones first; as LEB128, unsigned. */
final class Packed {
    private static final int MORE = 0x80;

    private Packed() {}

    static int read(DataInput in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int part = in.readUnsignedByte();
            value |= (part & 0x7f) << shift;
            if (part < MORE) return value;
        }
        throw new IOException("number: longer than five bytes");
    }

    static void write(DataOutput out, int value) throws IOException {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.writeByte((rest & 0x7f) | MORE);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
