// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds records, as they come, against the tiles and checkpoints of their log. For one reading. */
final class TreeCheck implements Segments.Sink {
    private final Path log;
    private final Checkpoint signed;
    private final @Nullable Checkpoint earlier;
    private final Frontier tree = new Frontier();
    private final Tiles tiles = new Tiles(this::compare);
    private Verify.Verdict verdict = Verify.Verdict.OK;
    private long firstBad = -1;
    private String says = "";

    TreeCheck(Path log, Checkpoint signed, @Nullable Checkpoint earlier) throws IOException {
        this.log = log;
        this.signed = signed;
        this.earlier = earlier;
        reached();
    }

    boolean isFaulty() {
        return verdict != Verify.Verdict.OK;
    }

    Verify.Verdict verdict() {
        return verdict;
    }

    long firstBad() {
        return firstBad;
    }

    String says() {
        return says;
    }

    /**
     * Takes the hashes of what was pruned from the tiles, and the records of the bundle that was cut into.
     *
     * @param first the first record that is in a segment
     */
    void pruned(long first) throws IOException {
        long base = first / Tiles.WIDTH * Tiles.WIDTH;
        TileReader reader = new TileReader(log, signed.size());
        for (long index = 0; index < base && !isFaulty(); index++) {
            byte[] hash = reader.hash(0, index);
            tree.add(hash);
            tiles.addPruned(hash);
            reached();
        }
        if (base == first) return;
        List<byte[]> bundle = Kept.bundle(log, base);
        for (int i = 0; i < first - base && i < bundle.size(); i++)
            entry(base + i, bundle.get(i), Hashes.leaf(bundle.get(i)));
    }

    /** The tree so far. */
    Frontier tree() {
        return tree.copy();
    }

    @Override
    public void entry(long index, byte[] leaf, byte[] leafHash) throws IOException {
        if (isFaulty() || index >= signed.size()) return;
        tree.add(leafHash);
        tiles.add(leaf, leafHash);
        reached();
    }

    /** Compares with a checkpoint where the tree is as large as it was then. */
    private void reached() throws IOException {
        Checkpoint before = earlier;
        if (before != null && tree.size() == before.size() && !Arrays.equals(tree.root(), before.root()))
            fault(
                    Verify.Verdict.TAMPERED,
                    tree.size() - 1,
                    "the log was forked: it is not what grew from that checkpoint");
        if (tree.size() != signed.size() || isFaulty()) return;
        tiles.partial(this::compare);
        if (!isFaulty() && !Arrays.equals(tree.root(), signed.root()))
            fault(Verify.Verdict.TAMPERED, firstBad, "the records do not hash to the checkpoint");
    }

    private void compare(String path, byte[] expected, long end) throws IOException {
        if (isFaulty()) return;
        byte[] found;
        try {
            found = Files.readAllBytes(Volumes.find(log, path));
        } catch (NoSuchFileException _) {
            if (!isSuperseded(path)) fault(Verify.Verdict.INCOMPLETE, -1, "the tile " + path + " is missing");
            return;
        }
        int at = Arrays.mismatch(expected, found);
        if (at < 0) return;
        boolean leaves = path.startsWith("tile/0/");
        long covered = leaves ? (end - 1) / Tiles.WIDTH * Tiles.WIDTH + at / Hashes.BYTES : end - 1;
        fault(
                Verify.Verdict.TAMPERED,
                covered,
                "the tile " + path + " and the records differ at byte " + at + ", record " + covered);
    }

    /** Whether the log grew meanwhile, and its writer has put another tile in the place of one that was not full. */
    private boolean isSuperseded(String path) throws IOException {
        return path.contains(".p/")
                && !Files.readString(Volumes.find(log, "checkpoint")).startsWith(signed.text());
    }

    private void fault(Verify.Verdict what, long index, String why) {
        verdict = what;
        firstBad = index;
        says = why;
    }
}
