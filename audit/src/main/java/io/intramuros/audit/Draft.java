// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record as it waits for its place: canonical JSON with gaps, made by whoever appends, so that the one thread that
 * writes fills in only what it alone knows. Names stand in order, so each of its fields has one gap.
 */
final class Draft {
    private static final List<String> LATER = List.of("idx", "tprev", "ts", "tseq", "v");
    private static final byte[] VERSION = "1".getBytes(StandardCharsets.US_ASCII);

    private final String type;
    private final String team;
    /** The members before, between and after the fields that come later. */
    private final List<byte[]> pieces;

    private Draft(String type, String team, List<byte[]> pieces) {
        this.type = type;
        this.team = team;
        this.pieces = pieces;
    }

    static Draft of(AuditRecord record) {
        TreeMap<String, Object> fields = new TreeMap<>(record.fields());
        LATER.forEach(fields::remove);
        List<byte[]> pieces = new ArrayList<>(LATER.size() + 1);
        String from = "";
        for (String name : LATER) {
            pieces.add(members(fields.subMap(from, name)));
            from = name;
        }
        pieces.add(members(fields.tailMap(from)));
        return new Draft(record.type(), record.team(), pieces);
    }

    private static byte[] members(Map<String, Object> fields) {
        return CanonicalJson.members(fields).getBytes(StandardCharsets.UTF_8);
    }

    String type() {
        return type;
    }

    /** The tenant; empty where it is nobody's. */
    String team() {
        return team;
    }

    /**
     * The record in its place.
     *
     * @param place what the tenant's chain says, or an empty text
     * @param previous the hash before it in that chain, in hexadecimal digits
     */
    byte[] leaf(long index, String time, String place, String previous) {
        byte[] prev = previous.isEmpty() ? new byte[0] : ascii('"' + previous + '"');
        byte[][] values = {ascii(Long.toString(index)), prev, ascii('"' + time + '"'), ascii(place), VERSION};
        Bytes out = new Bytes(640);
        out.add((byte) '{');
        boolean begun = false;
        for (int i = 0; i < pieces.size(); i++) {
            begun = out.member(pieces.get(i), begun);
            if (i == LATER.size() || values[i].length == 0) continue;
            if (begun) out.add((byte) ',');
            out.add(ascii('"' + LATER.get(i) + "\":"));
            out.add(values[i]);
            begun = true;
        }
        out.add((byte) '}');
        return out.toArray();
    }

    /** The most bytes that it can take. */
    int size() {
        int size = 2 + 5 + 20 + 5 + 2 * Hashes.BYTES + 5 + 30 + 5 + 20 + 10 + 2 * LATER.size();
        for (byte[] piece : pieces) size += piece.length + 1;
        return size;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
