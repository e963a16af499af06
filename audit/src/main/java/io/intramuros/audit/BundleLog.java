// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One log's part of an export: a range of its signed records, and the hashes beside the range that lead to its checkpoint.
 *
 * @param tree what is signed
 * @param from the first record of the period
 * @param to the record after the last one of it
 */
record BundleLog(Path log, Checkpoint tree, String note, TileReader tiles, long from, long to) {
    static BundleLog of(Path log, RecordQuery query) throws IOException {
        Head head = Head.of(log);
        Checkpoint tree = head.tree();
        LogReading reading = LogReading.of(log);
        long kept = Kept.first(Kept.list(log));
        long from = query.from().equals(Instant.MIN) ? kept : Math.min(tree.size(), reading.firstAt(query.from()));
        long to = query.to().equals(Instant.MAX) ? tree.size() : Math.min(tree.size(), reading.firstAt(query.to()));
        return new BundleLog(log, tree, head.note(), new TileReader(log, tree.size()), from, Math.max(from, to));
    }

    /** The records that a query asks for. */
    RecordPages records(RecordQuery query) {
        return new RecordPages(log, query.page(1, from), to);
    }

    /** What the manifest says of it. */
    Map<String, Object> described(long rows, BundleChain chain) throws IOException {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("origin", tree.origin());
        part.put("size", tree.size());
        part.put("root", tree.rootHex());
        part.put("from", from);
        part.put("to", to);
        part.put("rows", rows);
        part.put("left", hex(tiles.frontier(from).roots()));
        part.put("right", hex(right()));
        part.put("chain", chain.described());
        return part;
    }

    /** The perfect subtrees that cover what comes after the range. */
    private List<byte[]> right() throws IOException {
        List<byte[]> hashes = new ArrayList<>();
        for (long at = to; at < tree.size(); ) {
            int height = height(at, tree.size());
            hashes.add(tiles.hash(height, at >> height));
            at += 1L << height;
        }
        return hashes;
    }

    /** The height of the largest subtree that begins at a leaf and ends within the tree. */
    static int height(long at, long size) {
        int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(size - at);
        return at == 0 ? fits : Math.min(fits, Long.numberOfTrailingZeros(at));
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }
}
