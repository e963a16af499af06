// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log by its public key alone, offline: that the checkpoint is signed, that the records hash to it, that every
 * tile is as the records say, and on demand that the log grew from an earlier checkpoint.
 */
public final class Verify {
    private final Path log;
    private final VerifierKey key;
    private final @Nullable Checkpoint earlier;

    private Verify(Path log, VerifierKey key, @Nullable Checkpoint earlier) {
        this.log = log;
        this.key = key;
        this.earlier = earlier;
    }

    /** What a verification says, with the exit code of the command. */
    public enum Verdict {
        OK(0),
        TAMPERED(2),
        INCOMPLETE(3),
        UNSIGNED_TAIL(4),
        UNKNOWN_KEY(5);

        private final int exit;

        Verdict(int exit) {
            this.exit = exit;
        }

        /** The command's exit code. */
        public int exit() {
            return exit;
        }
    }

    /**
     * How a verification ended.
     *
     * @param size records that were found
     * @param firstBad the index of the first record that is wrong or missing; -1 where none is
     * @param says a sentence
     */
    public record Report(Verdict verdict, long size, long firstBad, String says) {}

    /**
     * Verifies the log in a folder.
     *
     * @param earlier the signed note of a checkpoint known from before, or null
     * @throws IOException if the disk cannot be read
     */
    public static Report log(Path folder, VerifierKey key, byte @Nullable [] earlier) throws IOException {
        if (earlier == null) return new Verify(folder, key, null).run();
        return switch (Checkpoint.open(earlier, key)) {
            case Checkpoint.Opened.Good(Checkpoint checkpoint) -> new Verify(folder, key, checkpoint).run();
            case Checkpoint.Opened.UnknownKey() ->
                new Report(Verdict.UNKNOWN_KEY, 0, -1, "the earlier checkpoint is not signed by this key");
            case Checkpoint.Opened.Bad(String why) ->
                new Report(Verdict.TAMPERED, 0, -1, "the earlier checkpoint is " + why);
        };
    }

    /** Runs the command: files in, sentences out, the exit code back. */
    public static int run(Path folder, Path vkey, @Nullable Path earlier, PrintStream out) throws IOException {
        VerifierKey key;
        try {
            key = VerifierKey.parse(Files.readString(vkey));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return Verdict.UNKNOWN_KEY.exit();
        }
        Report report = log(folder, key, earlier == null ? null : Files.readAllBytes(earlier));
        out.println(report.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + report.says());
        return report.verdict().exit();
    }

    /**
     * Whether enough witnesses have signed a log's checkpoint.
     *
     * @param witnesses their keys
     * @param quorum how many of them must have
     */
    public static Report witnessed(Path folder, List<VerifierKey> witnesses, int quorum) throws IOException {
        SignedNote note = SignedNote.parse(Files.readAllBytes(Volumes.find(folder, "checkpoint")));
        Checkpoint tree = note == null ? null : Checkpoint.parse(note.text());
        if (note == null || tree == null) return tampered(-1, "the checkpoint is none");
        long signers =
                witnesses.stream().filter(key -> key.isWitness(note, tree)).count();
        return signers >= quorum
                ? new Report(Verdict.OK, tree.size(), -1, signers + " witnesses signed it")
                : new Report(Verdict.TAMPERED, tree.size(), -1, signers + " of " + quorum + " witnesses signed it");
    }

    private Report run() throws IOException {
        if (Volumes.isLost(log)) return new Report(Verdict.INCOMPLETE, 0, 0, "its second volume is not there");
        Path file = Volumes.find(log, "checkpoint");
        if (!Files.exists(file)) return new Report(Verdict.INCOMPLETE, 0, 0, "there is no checkpoint");
        return switch (Checkpoint.open(Files.readAllBytes(file), key)) {
            case Checkpoint.Opened.Good(Checkpoint signed) -> records(signed);
            case Checkpoint.Opened.UnknownKey() ->
                new Report(Verdict.UNKNOWN_KEY, 0, -1, "the checkpoint is not signed by this key");
            case Checkpoint.Opened.Bad(String why) -> tampered(-1, "the checkpoint is " + why);
        };
    }

    private Report records(Checkpoint signed) throws IOException {
        if (earlier != null && earlier.size() > signed.size())
            return tampered(signed.size(), "the log was rolled back: it had " + earlier.size() + " records before");
        TreeCheck check = new TreeCheck(log, signed, earlier);
        Segments.End end;
        if (Files.isDirectory(Segments.folder(log))) {
            List<Path> segments = Kept.list(log);
            long first = Kept.first(segments);
            if (first > 0) {
                Report wrong = pruned(first, signed);
                if (wrong.verdict() != Verdict.OK) return wrong;
                check.pruned(first);
            }
            end = Segments.read(segments, check.tree(), check);
        } else {
            end = EntryTiles.read(log, signed.size(), check);
        }
        if (check.isFaulty()) return new Report(check.verdict(), end.size(), check.firstBad(), check.says());
        if (!end.fault().isEmpty() || end.size() < signed.size()) return broken(signed, end);
        if (end.size() > signed.size() || end.leftover() > 0)
            return new Report(
                    Verdict.UNSIGNED_TAIL,
                    end.size(),
                    -1,
                    end.size() - signed.size() + " records and " + end.leftover()
                            + " bytes stand after the last checkpoint; the next start signs them");
        return new Report(Verdict.OK, end.size(), -1, end.size() + " records, root " + signed.rootHex());
    }

    /** What retention took away must have been signed away. */
    private Report pruned(long first, Checkpoint signed) throws IOException {
        Path file = Volumes.find(log, Pruned.FILE);
        if (!Files.exists(file) || first > signed.size())
            return new Report(Verdict.INCOMPLETE, 0, 0, "records are missing before record " + first);
        SignedNote note = SignedNote.parse(Files.readAllBytes(file));
        return note != null && Pruned.isOf(note, key, first)
                ? new Report(Verdict.OK, first, -1, "")
                : tampered(0, "the note of what was pruned is not as written");
    }

    private static Report broken(Checkpoint signed, Segments.End end) {
        String where = "record " + end.size() + " (" + end.file() + ", byte " + end.offset() + ")";
        boolean missing =
                end.fault().isEmpty() ? end.leftover() == 0 : end.fault().startsWith("records are missing");
        if (end.size() >= signed.size())
            return new Report(Verdict.TAMPERED, end.size(), end.size(), end.fault() + " at " + where);
        return missing
                ? new Report(
                        Verdict.INCOMPLETE,
                        end.size(),
                        end.size(),
                        "records are missing from " + where + " of " + signed.size())
                : new Report(
                        Verdict.TAMPERED,
                        end.size(),
                        end.size(),
                        (end.fault().isEmpty() ? "a frame that is not whole" : end.fault()) + " at " + where);
    }

    private static Report tampered(long firstBad, String says) {
        return new Report(Verdict.TAMPERED, 0, firstBad, says);
    }
}
