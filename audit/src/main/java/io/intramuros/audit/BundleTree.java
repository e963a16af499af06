// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** One log's part of an export while its rows are read: each must be the leaf that stands at its index. One thread. */
final class BundleTree {
    private final ExportManifest.Part part;
    private final InputStream leaves;
    private final BundleChain chain = new BundleChain();
    private long at;
    private long rows;

    BundleTree(ExportManifest.Part part, InputStream leaves) {
        this.part = part;
        this.leaves = new BufferedInputStream(leaves, 1 << 16);
        this.at = part.from();
    }

    /** Demands that the hashes of a range, with those beside it, lead to the checkpoint. */
    static void check(ExportManifest.Part part, Checkpoint tree, InputStream leaves)
            throws IOException, BundleCheck.Found {
        if (tree.size() != part.size() || part.from() < 0 || part.from() > part.to() || part.to() > part.size())
            throw new BundleCheck.Found(Verify.Verdict.TAMPERED, "the manifest and a checkpoint differ");
        Frontier all = new Frontier();
        for (String hash : part.left()) {
            int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(part.from() - all.size());
            add(all, hash, height);
        }
        try (InputStream in = new BufferedInputStream(leaves, 1 << 16)) {
            for (long index = part.from(); index < part.to(); index++) {
                byte[] leaf = in.readNBytes(Hashes.BYTES);
                if (leaf.length < Hashes.BYTES)
                    throw new BundleCheck.Found(Verify.Verdict.INCOMPLETE, index, "hashes of leaves are missing");
                all.add(leaf);
            }
            if (in.read() >= 0) throw new BundleCheck.Found(Verify.Verdict.TAMPERED, "there are too many hashes");
        }
        for (String hash : part.right()) add(all, hash, BundleLog.height(all.size(), part.size()));
        if (all.size() != tree.size() || !Arrays.equals(all.root(), tree.root()))
            throw new BundleCheck.Found(
                    Verify.Verdict.TAMPERED, part.from(), "the hashes do not lead to the checkpoint");
    }

    private static void add(Frontier all, String hash, int height) throws BundleCheck.Found {
        if (height < 0) throw new BundleCheck.Found(Verify.Verdict.TAMPERED, "there are too many hashes");
        all.add(HexFormat.of().parseHex(hash), height);
    }

    /** Takes the next row. */
    void add(AuditEntry entry, Map<?, ?> query) throws IOException, BundleCheck.Found {
        long index = entry.index();
        if (index < at || index >= part.to())
            throw new BundleCheck.Found(Verify.Verdict.TAMPERED, index, "record " + index + " is out of its order");
        leaves.skipNBytes((index - at) * Hashes.BYTES);
        byte[] leaf = leaves.readNBytes(Hashes.BYTES);
        at = index + 1;
        rows++;
        if (!HexFormat.of().formatHex(leaf).equals(entry.leafHash()))
            throw new BundleCheck.Found(Verify.Verdict.TAMPERED, index, "record " + index + " is not what the log has");
        Object team = query.get("team");
        if (team == null) return;
        if (!entry.text("team").equals(team))
            throw new BundleCheck.Found(Verify.Verdict.TAMPERED, index, "record " + index + " is of another team");
        chain.add(entry);
    }

    /** Demands that nothing is left out. */
    void demand(boolean whole, boolean wholeTeam) throws BundleCheck.Found {
        if (rows != part.rows())
            throw new BundleCheck.Found(
                    Verify.Verdict.INCOMPLETE, "there are " + rows + " of " + part.rows() + " records");
        if (whole && rows != part.to() - part.from())
            throw new BundleCheck.Found(Verify.Verdict.INCOMPLETE, "records of the period are missing");
        if (wholeTeam && (!chain.isWhole() || !chain.described().equals(part.chain())))
            throw new BundleCheck.Found(Verify.Verdict.INCOMPLETE, "records of the team are missing");
    }
}
