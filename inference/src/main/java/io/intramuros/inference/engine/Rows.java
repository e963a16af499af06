// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which row of the memory belongs to which sequence, and what those without one still hold of sequences that ended: a
 * later one of the same tenant that begins alike goes on from there. For one thread.
 */
final class Rows {
    /** A prefix shorter than this is computed faster than it is copied. */
    private static final int WORTHWHILE = 16;

    private final Row[] rows;

    private static final class Row {
        private @Nullable OrtSequence owner;
        private int[] kept = new int[0];
        private int length;
        private String tenant = "";
        private long since;
    }

    /**
     * Where a sequence begins.
     *
     * @param row its own, the lowest that is free: steps run over all rows up to the highest in use
     * @param displaced the row that takes what {@code row} held of an ended sequence, first of all; -1 for none
     * @param from the row whose first tokens it takes over, as it is after that; -1 for none
     * @param reused how many tokens
     */
    record Place(int row, int displaced, int from, int reused) {}

    Rows(int most) {
        rows = new Row[most];
        Arrays.setAll(rows, _ -> new Row());
    }

    /**
     * A row for a new sequence, among the first {@code present} of which one at least is free.
     *
     * @param tokens the sequence's own, of which the last is never reused: its logits are wanted
     */
    Place place(OrtSequence sequence, int[] tokens, int count, int present) {
        int donor = donor(sequence, tokens, count, present);
        int reused = donor < 0 ? 0 : common(rows[donor], sequence.plan().tenant(), tokens, count - 1);
        int target = lowestFree(present);
        int displaced = target == donor ? -1 : displace(target, donor, present);
        take(target, sequence);
        return new Place(target, displaced, donor, reused);
    }

    private int donor(OrtSequence sequence, int[] tokens, int count, int present) {
        int donor = -1;
        int best = WORTHWHILE - 1;
        for (int i = 0; i < present; i++) {
            int common = common(rows[i], sequence.plan().tenant(), tokens, count - 1);
            if (common > best) {
                donor = i;
                best = common;
            }
        }
        return donor;
    }

    /** Another free row for what a row holds: an empty one, or one that ended longer ago; -1 where it may be lost. */
    private int displace(int target, int donor, int present) {
        int other = -1;
        for (int i = target + 1; i < present; i++) {
            if (rows[i].owner == null && i != donor && (other < 0 || better(rows[i], rows[other]))) {
                other = i;
            }
        }
        if (rows[target].length == 0 || other < 0 || !better(rows[other], rows[target])) {
            return -1;
        }
        Row empty = rows[other];
        rows[other] = rows[target];
        rows[target] = empty;
        return other;
    }

    /** The lowest row of the first {@code present} without an owner, or -1. */
    int lowestFree(int present) {
        for (int i = 0; i < present; i++) {
            if (rows[i].owner == null) {
                return i;
            }
        }
        return -1;
    }

    /** A sequence moves to a row that is free; the one that it leaves keeps nothing. */
    void move(OrtSequence sequence, int to) {
        rows[sequence.row].owner = null;
        rows[sequence.row].length = 0;
        take(to, sequence);
    }

    /** The sequence ends; its row keeps what it holds. */
    void retire(OrtSequence sequence, long now) {
        if (sequence.row >= 0) {
            Row row = rows[sequence.row];
            row.owner = null;
            row.kept = sequence.tokens();
            row.length = sequence.ran;
            row.tenant = sequence.plan().tenant();
            row.since = now;
            sequence.row = -1;
        }
    }

    /** Tokens that a row holds. */
    int held(int index) {
        OrtSequence owner = rows[index].owner;
        return owner == null ? rows[index].length : owner.ran;
    }

    /** How many rows have owners. */
    int owned() {
        int owned = 0;
        for (Row row : rows) {
            owned += row.owner == null ? 0 : 1;
        }
        return owned;
    }

    /** Forgets what rows without owners hold; the others move to the front. Writes the old index of each, or -1. */
    void compact(int[] from) {
        Arrays.fill(from, -1);
        int next = 0;
        for (int i = 0; i < rows.length; i++) {
            OrtSequence owner = rows[i].owner;
            rows[i].length = 0;
            rows[i].owner = null;
            if (owner != null) {
                from[next] = i;
                take(next++, owner);
            }
        }
    }

    private void take(int index, OrtSequence sequence) {
        rows[index].owner = sequence;
        rows[index].length = 0;
        sequence.row = index;
    }

    private static boolean better(Row one, Row other) {
        if (one.length == 0 || other.length == 0) {
            return other.length != 0;
        }
        return one.since < other.since;
    }

    private static int common(Row row, String tenant, int[] tokens, int most) {
        OrtSequence owner = row.owner;
        int[] held = owner == null ? row.kept : owner.tokens();
        String whose = owner == null ? row.tenant : owner.plan().tenant();
        int length = Math.min(most, owner == null ? row.length : owner.ran);
        if (!whose.equals(tenant) || length < WORTHWHILE) {
            return 0;
        }
        int mismatch = Arrays.mismatch(held, 0, length, tokens, 0, length);
        return mismatch < 0 ? length : mismatch;
    }
}
