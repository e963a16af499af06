// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads a log's records from its segments, one at a time. A log may be read while it grows. */
public final class LogReading {
    private final Path folder;

    private LogReading(Path folder) {
        this.folder = folder;
    }

    /** For the log in a folder. */
    public static LogReading of(Path folder) {
        return new LogReading(folder);
    }

    /** Hands over every record in its order. */
    public void each(Consumer<AuditEntry> consumer) throws IOException {
        each(0, consumer);
    }

    private void each(long from, Consumer<AuditEntry> consumer) throws IOException {
        if (!Files.isDirectory(Segments.folder(folder)))
            throw new IOException("audit log: there are no segments (expected: a log's folder)");
        Segments.End end = Segments.read(folder, (index, leaf, _) -> {
            if (index >= from) consumer.accept(AuditEntry.of(index, leaf));
        });
        if (!end.fault().isEmpty())
            throw new IOException("audit log: " + end.fault() + " after record " + (end.size() - 1)
                    + " (expected: a log that verifies)");
    }

    /** The records that a query asks for. */
    public RecordPage search(RecordQuery query) throws IOException {
        List<AuditEntry> found = new ArrayList<>();
        try {
            each(query.cursor(), entry -> {
                if (!query.matches(entry)) return;
                if (found.size() == query.limit()) throw new Enough(entry.index());
                found.add(entry);
            });
        } catch (Enough enough) {
            return new RecordPage(found, OptionalLong.of(enough.next));
        }
        return new RecordPage(found, OptionalLong.empty());
    }

    /** Ends a reading early. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final long next;

        Enough(long next) {
            super(null, null, false, false);
            this.next = next;
        }
    }
}
