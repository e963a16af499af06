// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a stranger needs to check a log's signatures: a line for each key, in the form of signed notes. An Ed25519 key and
 * the ML-DSA-44 key on the line after it belong together, and then a checkpoint must have the signatures of both. Further
 * pairs are those that the log was signed with before.
 */
public final class VerifierKey {
    private final List<Pair> pairs;

    /**
     * The keys of one generation.
     *
     * @param second what must have signed too, or null
     */
    private record Pair(NoteKey first, @Nullable NoteKey second) {
        String written() {
            return second == null ? first.toString() : first + "\n" + second;
        }
    }

    private VerifierKey(List<Pair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    static VerifierKey of(NoteKey first, @Nullable NoteKey second) {
        return new VerifierKey(List.of(new Pair(first, second)));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none, its keys are of several names, or an id is not that of its key
     */
    public static VerifierKey parse(String written) {
        List<NoteKey> keys =
                written.strip().lines().map(line -> NoteKey.parse(line.strip())).toList();
        if (keys.isEmpty()) throw new IllegalArgumentException("vkey: empty (expected: name+id+key)");
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            NoteKey first = keys.get(i);
            boolean isPair = first.kind() == NoteKey.Kind.ED25519
                    && i + 1 < keys.size()
                    && keys.get(i + 1).kind() == NoteKey.Kind.ML_DSA_44;
            pairs.add(new Pair(first, isPair ? keys.get(++i) : null));
        }
        for (NoteKey key : keys)
            if (!key.name().equals(keys.getFirst().name()))
                throw new IllegalArgumentException("vkey: keys of several names (expected: one log's)");
        return new VerifierKey(pairs);
    }

    /** These keys, or those that were used before. */
    VerifierKey or(List<VerifierKey> earlier) {
        List<Pair> all = new ArrayList<>(pairs);
        earlier.forEach(key -> all.addAll(key.pairs));
        return new VerifierKey(all);
    }

    /** The log's origin, or the witness's name. */
    public String name() {
        return pairs.getFirst().first().name();
    }

    /** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key), of the first key. */
    public int id() {
        return pairs.getFirst().first().id();
    }

    Checkpoint.Opened check(SignedNote note, Checkpoint checkpoint) {
        Checkpoint.Opened best = new Checkpoint.Opened.UnknownKey();
        for (Pair pair : pairs) {
            Checkpoint.Opened opened = check(pair, note, checkpoint);
            if (opened instanceof Checkpoint.Opened.Good) return opened;
            if (opened instanceof Checkpoint.Opened.Bad) best = opened;
        }
        return best;
    }

    private static Checkpoint.Opened check(Pair pair, SignedNote note, Checkpoint checkpoint) {
        Signed first = signed(pair.first(), note, checkpoint);
        NoteKey other = pair.second();
        Signed second = other == null ? first : signed(other, note, checkpoint);
        if (first == Signed.WRONG || second == Signed.WRONG)
            return new Checkpoint.Opened.Bad("a signature that is wrong");
        if (first == Signed.NOT && second == Signed.NOT) return new Checkpoint.Opened.UnknownKey();
        return first == second
                ? new Checkpoint.Opened.Good(checkpoint)
                : new Checkpoint.Opened.Bad("without one of its two signatures");
    }

    /** Whether any of the keys has signed, as a witness's may. */
    boolean isWitness(SignedNote note, Checkpoint checkpoint) {
        return pairs.stream().anyMatch(pair -> signed(pair.first(), note, checkpoint) == Signed.RIGHTLY);
    }

    private enum Signed {
        NOT,
        WRONG,
        RIGHTLY
    }

    private static Signed signed(NoteKey key, SignedNote note, Checkpoint checkpoint) {
        Signed found = Signed.NOT;
        for (SignedNote.Line line : note.lines()) {
            if (!key.isOf(line)) continue;
            if (!key.verifies(line, note.text(), checkpoint)) return Signed.WRONG;
            found = Signed.RIGHTLY;
        }
        return found;
    }

    /** Whether a line says that it is of one of these keys. */
    boolean isOf(SignedNote.Line line) {
        return pairs.stream()
                .anyMatch(pair -> pair.first().isOf(line)
                        || (pair.second() != null && pair.second().isOf(line)));
    }

    /** Whether one of the Ed25519 keys signed a text that is no checkpoint. */
    boolean verifiesText(SignedNote note) {
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        return pairs.stream()
                .map(Pair::first)
                .filter(key -> key.kind() == NoteKey.Kind.ED25519)
                .anyMatch(key -> note.lines().stream()
                        .anyMatch(line -> key.isOf(line)
                                && key.verifies(text, line.signature().bytes())));
    }

    @Override
    public String toString() {
        return pairs.stream().map(Pair::written).collect(Collectors.joining("\n"));
    }
}
