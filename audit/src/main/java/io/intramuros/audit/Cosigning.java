// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a log has its checkpoints signed by one witness (c2sp.org/tlog-witness): what it sends, and what it makes of the
 * answer. Whoever uses it does the sending. One thread.
 */
public final class Cosigning {
    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final AuditLog log;
    private final VerifierKey witness;
    /** What the witness is known to have seen. */
    private long seen;
    /** The size of the checkpoint that it signed last. */
    private long signed = -1;

    private @Nullable Checkpoint asked;

    /** What an answer means. */
    public enum Outcome {
        /** The witness has signed, and its signature stands beside the checkpoint. */
        SIGNED,
        /** It has seen another size than was thought; the next request begins there. */
        AGAIN,
        /** It has seen more records than this log has: the log was put back, or another writes under its name. */
        ROLLED_BACK,
        /** It did not sign, or what it answered is not its signature. */
        REFUSED
    }

    /**
     * For one witness.
     *
     * @param witness the key that it signs with
     */
    public Cosigning(AuditLog log, VerifierKey witness) {
        this.log = log;
        this.witness = witness;
    }

    /** The body of the next {@code add-checkpoint}; empty where the witness has signed all that the log has signed. */
    public Optional<byte[]> next() throws IOException {
        Head head = Head.of(log.folder());
        if (head.tree().size() == 0 || head.tree().size() == signed) return Optional.empty();
        if (seen > head.tree().size()) return Optional.empty(); // it was said that the log was put back
        asked = head.tree();
        return Optional.of(Witness.request(log.folder(), head, seen));
    }

    /** Takes the answer. */
    public Outcome answered(int status, String body) throws IOException {
        Checkpoint tree = asked;
        if (tree == null) throw new IllegalStateException("answer: to nothing (expected: after next())");
        return switch (status) {
            case OK -> signed(tree, body);
            case CONFLICT -> conflict(tree, body.strip());
            default -> refused();
        };
    }

    private Outcome signed(Checkpoint tree, String body) throws IOException {
        List<SignedNote.Line> lines = SignedNote.lines(body);
        if (lines.isEmpty() || !witness.isWitness(new SignedNote(tree.text(), lines), tree)) return refused();
        seen = tree.size();
        signed = seen;
        log.cosign(tree.size(), body);
        return Outcome.SIGNED;
    }

    private Outcome conflict(Checkpoint tree, String size) {
        if (!size.matches("0|[1-9]\\d{0,17}")) return refused();
        long has = Long.parseLong(size);
        boolean differs = has == seen; // it has seen this size, with another root
        seen = has;
        return has > tree.size() || differs ? Outcome.ROLLED_BACK : Outcome.AGAIN;
    }

    private Outcome refused() {
        asked = null;
        return Outcome.REFUSED;
    }
}
