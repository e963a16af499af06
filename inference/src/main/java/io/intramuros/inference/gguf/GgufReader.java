// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A cursor over the head of a GGUF file that trusts no length and no count in it. */
final class GgufReader {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_TEXT = 16 << 20;

    /* Value types of the format. */
    private static final int UINT8 = 0;
    private static final int INT8 = 1;
    private static final int UINT16 = 2;
    private static final int INT16 = 3;
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int UINT64 = 10;
    private static final int INT64 = 11;
    private static final int FLOAT64 = 12;

    private final MemorySegment file;
    private long position;

    GgufReader(MemorySegment file) {
        this.file = file;
    }

    long position() {
        return position;
    }

    long remaining() {
        return file.byteSize() - position;
    }

    int int32() throws GgufException {
        return file.get(INT, advance(4));
    }

    long int64() throws GgufException {
        return file.get(LONG, advance(8));
    }

    /**
     * A count of things, each of which takes some bytes: one that could not fit into the rest of the file is refused
     * before memory is taken for it.
     */
    int count(String what, int leastBytes) throws GgufException {
        long count = int64();
        if (count < 0 || count > remaining() / leastBytes || count > Integer.MAX_VALUE - 8) {
            throw new GgufException(what + ": " + count + " (expected: 0 to " + remaining() / leastBytes
                    + ", what the file has room for)");
        }
        return (int) count;
    }

    String text() throws GgufException {
        int length = count("length of a string", 1);
        if (length > LONGEST_TEXT) {
            throw new GgufException("length of a string: " + length + " (expected: at most " + LONGEST_TEXT + ")");
        }
        long start = advance(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(file.asSlice(start, length).asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            GgufException refused = new GgufException("string at byte " + start + ": not UTF-8");
            refused.initCause(e);
            throw refused;
        }
    }

    /** A typed value: Long, Double, Boolean, String, long[], double[] or a list of String. */
    Object value() throws GgufException {
        int type = int32();
        return switch (type) {
            case STRING -> text();
            case BOOL -> integer(BOOL) != 0;
            case FLOAT32, FLOAT64 -> real(type);
            case ARRAY -> array();
            default -> integer(type);
        };
    }

    private Object array() throws GgufException {
        int type = int32();
        if (type == STRING) {
            int count = count("length of an array", 8);
            List<String> texts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                texts.add(text());
            }
            return List.copyOf(texts);
        }
        int count = count("length of an array", width(type));
        if (type == FLOAT32 || type == FLOAT64) {
            double[] reals = new double[count];
            for (int i = 0; i < count; i++) {
                reals[i] = real(type);
            }
            return reals;
        }
        long[] integers = new long[count];
        for (int i = 0; i < count; i++) {
            integers[i] = integer(type);
        }
        return integers;
    }

    private double real(int type) throws GgufException {
        return type == FLOAT32 ? Float.intBitsToFloat(int32()) : Double.longBitsToDouble(int64());
    }

    private long integer(int type) throws GgufException {
        long at = advance(width(type));
        return switch (type) {
            case UINT8 -> file.get(ValueLayout.JAVA_BYTE, at) & 0xff;
            case BOOL, INT8 -> file.get(ValueLayout.JAVA_BYTE, at);
            case UINT16 -> file.get(SHORT, at) & 0xffff;
            case INT16 -> file.get(SHORT, at);
            case UINT32 -> file.get(INT, at) & 0xffff_ffffL;
            case INT32 -> file.get(INT, at);
            default -> file.get(LONG, at);
        };
    }

    private static int width(int type) throws GgufException {
        return switch (type) {
            case UINT8, INT8, BOOL -> 1;
            case UINT16, INT16 -> 2;
            case UINT32, INT32, FLOAT32 -> 4;
            case UINT64, INT64, FLOAT64 -> 8;
            default ->
                throw new GgufException(
                        "value type: " + type + " (expected: a number, bool or string, or one array of them)");
        };
    }

    private long advance(long bytes) throws GgufException {
        if (bytes > remaining()) {
            throw new GgufException("file: ends at byte " + file.byteSize() + " (expected: at least " + bytes
                    + " more after byte " + position + ")");
        }
        long start = position;
        position += bytes;
        return start;
    }
}
