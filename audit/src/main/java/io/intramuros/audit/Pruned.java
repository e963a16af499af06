// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What must be known of records that retention took away: how many there were of each tenant, and the hash of the last. In
 * the file {@code pruned}, a note that the log's key has signed.
 */
final class Pruned {
    static final String FILE = "pruned";
    private static final String HEAD = "intramuros-pruned/v1\n";

    private Pruned() {}

    /** The note for a log whose first record is then {@code first}. */
    static byte[] note(LogKey key, long first, Chains chains) {
        Map<String, Object> teams = new LinkedHashMap<>();
        chains.all().forEach((team, link) -> teams.put(team, Map.of("count", link.count(), "last", link.last())));
        String text = HEAD + CanonicalJson.write(Map.of("first", first, "log", key.name(), "teams", teams)) + "\n";
        return (text + "\n" + key.signatureLine(text)).getBytes(StandardCharsets.UTF_8);
    }

    /** The first record that a log's note says is kept, whoever has signed it; 0 where there is no note. */
    static long first(Path log) throws IOException {
        Path file = Volumes.find(log, FILE);
        if (!Files.exists(file)) return 0;
        SignedNote note = SignedNote.parse(Files.readAllBytes(file));
        if (note == null || !note.text().startsWith(HEAD)) return 0;
        return fields(note).get("first") instanceof Long first ? first : 0;
    }

    private static Map<String, Object> fields(SignedNote note) throws IOException {
        try {
            return JsonReader.read(note.text().substring(HEAD.length()).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("audit log: its note of what was pruned cannot be read", e);
        }
    }

    /**
     * The tenants' chains before the first record that a log has.
     *
     * @throws IOException if records are missing and no note says that they were pruned
     */
    static Chains chains(AuditSettings settings, long first) throws IOException {
        Chains chains = new Chains();
        if (first == 0) return chains;
        Path file = Volumes.find(settings.folder(), FILE);
        if (!Files.exists(file)) throw wrong("records are missing before record " + first);
        SignedNote note = SignedNote.parse(Files.readAllBytes(file));
        if (note == null
                || !note.text().startsWith(HEAD)
                || !settings.verifier().verifiesText(note))
            throw wrong("its note of what was pruned is not as written");
        Map<String, Object> fields = fields(note);
        if (!Long.valueOf(first).equals(fields.get("first")) || !(fields.get("teams") instanceof Map<?, ?> teams))
            throw wrong("records are missing before record " + first);
        teams.forEach((team, link) -> {
            if (link instanceof Map<?, ?> end
                    && end.get("count") instanceof Long count
                    && end.get("last") instanceof String last)
                chains.put(String.valueOf(team), new Chains.Link(count, last));
        });
        return chains;
    }

    /** Whether a note is one of these keys that what is before a record was pruned. */
    static boolean isOf(SignedNote note, VerifierKey key, long first) {
        return note.text().startsWith(HEAD)
                && key.verifiesText(note)
                && note.text().contains("{\"first\":" + first + ",");
    }

    private static IOException wrong(String what) {
        return new IOException("audit log: " + what + " (expected: as written; keep the folder and ask for help)");
    }
}
