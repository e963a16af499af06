// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The first records of a process: what it found, what its forerunner left unfinished, and that it began. */
final class Start {
    private static final int MOST_AT_ONCE = 1_024;

    private final LogWriter writer;
    private final Recovery recovery;
    private final Holds holds;

    private Start(LogWriter writer, Recovery recovery, Holds holds) {
        this.writer = writer;
        this.recovery = recovery;
        this.holds = holds;
    }

    static Start of(AuditSettings settings, Disk disk) throws IOException {
        Volumes volumes = Volumes.open(settings, disk); // first, since reading follows its link
        boolean known = !Segments.list(settings.folder()).isEmpty();
        Checkpoint signed = LogState.signed(settings);
        Map<String, AuditEntry> running = new LinkedHashMap<>();
        Holds holds = new Holds();
        AtomicReference<String> newest = new AtomicReference<>("");
        LogState state = LogState.read(settings, volumes, disk, signed, entry -> {
            follow(entry, running);
            holds.see(entry);
            newest.setPlain(entry.type());
        });
        LogWriter writer = LogWriter.open(settings, disk, state);
        try {
            writer.publishKey();
            // From here on a log without a checkpoint is one whose checkpoint somebody took away.
            if (!known) writer.sign();
            Recovery recovery = new Recovery(state.end().leftover(), List.copyOf(running.keySet()));
            boolean clean = !known || newest.getPlain().equals("system.stop");
            List<Draft> first = new ArrayList<>(records(recovery, running, known, clean));
            LogState.rotation(settings).ifPresent(record -> first.add(Draft.of(record)));
            for (int i = 0; i < first.size(); i += MOST_AT_ONCE)
                writer.append(first.subList(i, Math.min(first.size(), i + MOST_AT_ONCE)));
            writer.sign();
            return new Start(writer, recovery, holds);
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static List<Draft> records(
            Recovery recovery, Map<String, AuditEntry> running, boolean known, boolean clean) {
        List<AuditRecord> first = new ArrayList<>();
        if (recovery.bytesCut() > 0 || !running.isEmpty() || !clean)
            first.add(AuditRecord.of("system.recovered")
                    .with("because", clean ? "unfinished" : "unclean_stop")
                    .with("bytes_cut", recovery.bytesCut())
                    .with("orphans", running.size())
                    .build());
        running.forEach((id, admitted) -> first.add(AuditRecord.of("request.orphaned")
                .id(id)
                .team(admitted.text("team"))
                .project(admitted.text("project"))
                .key(admitted.text("key"))
                .outcome("orphaned")
                .build()));
        first.add(AuditRecord.of("system.start")
                .with("continued", known ? "yes" : "no")
                .build());
        return first.stream().map(Draft::of).toList();
    }

    /** Keeps the requests that have begun and not ended. */
    private static void follow(AuditEntry entry, Map<String, AuditEntry> running) {
        switch (entry.text("type")) {
            case "request.admitted" -> running.put(entry.text("id"), entry);
            case "request.completed", "request.denied", "request.failed", "request.cancelled", "request.orphaned" ->
                running.remove(entry.text("id"));
            default -> {
                // no request begins or ends
            }
        }
    }

    LogWriter writer() {
        return writer;
    }

    Holds holds() {
        return holds;
    }

    Recovery recovery() {
        return recovery;
    }
}
