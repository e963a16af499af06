// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checkpoint that stands beside a log, whoever has signed it.
 *
 * @param note the whole of it
 * @param tree what it says
 */
record Head(String note, Checkpoint tree) {
    /**
     * Reads it.
     *
     * @throws IOException if there is none, or what is there is none
     */
    static Head of(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(Volumes.find(log, "checkpoint"));
        SignedNote note = SignedNote.parse(bytes);
        Checkpoint tree = note == null ? null : Checkpoint.parse(note.text());
        if (tree == null) throw new IOException("audit log: its checkpoint is none (expected: a signed note)");
        return new Head(new String(bytes, StandardCharsets.UTF_8), tree);
    }
}
