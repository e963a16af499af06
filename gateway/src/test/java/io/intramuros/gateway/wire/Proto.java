// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A message in Protocol Buffers' wire format, read without its schema. */
record Proto(List<Field> fields) {
    /**
     * A field.
     *
     * @param number as in the schema
     * @param value of a varint or a fixed number; 0 for bytes
     * @param bytes of what has a length; empty for numbers
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Field(int number, long value, byte[] bytes) {}

    static Proto read(byte[] message) {
        List<Field> fields = new ArrayList<>();
        int[] at = {0};
        while (at[0] < message.length) {
            long tag = varint(message, at);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> fields.add(new Field(number, varint(message, at), new byte[0]));
                case 1 -> fields.add(new Field(number, fixed(message, at, 8), new byte[0]));
                case 2 -> {
                    int length = (int) varint(message, at);
                    fields.add(new Field(number, 0, Arrays.copyOfRange(message, at[0], at[0] + length)));
                    at[0] += length;
                }
                case 5 -> fields.add(new Field(number, fixed(message, at, 4), new byte[0]));
                default -> throw new IllegalArgumentException("wire type: not one of the format");
            }
        }
        return new Proto(List.copyOf(fields));
    }

    /** The messages in all fields of this number. */
    Stream<Proto> messages(int number) {
        return fields.stream().filter(field -> field.number() == number).map(field -> read(field.bytes()));
    }

    String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    String hex(int number) {
        return HexFormat.of().formatHex(bytes(number));
    }

    long number(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .mapToLong(Field::value)
                .findFirst()
                .orElse(0);
    }

    private byte[] bytes(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(Field::bytes)
                .findFirst()
                .orElse(new byte[0]);
    }

    private static long varint(byte[] message, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message[at[0]++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
    }

    private static long fixed(byte[] message, int[] at, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) value |= (message[at[0]++] & 0xffL) << (8 * i);
        return value;
    }
}
