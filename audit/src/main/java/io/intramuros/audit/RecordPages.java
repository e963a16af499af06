// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The records of one log that a query asks for, one after another, read by pages. One thread. */
final class RecordPages {
    private static final int PAGE = 512;

    private final LogReading reading;
    private final RecordQuery query;
    private final long end;
    private final Deque<AuditEntry> page = new ArrayDeque<>();
    private OptionalLong next;

    /** From the query's cursor up to record {@code end}, without it. */
    RecordPages(Path log, RecordQuery query, long end) {
        this.reading = LogReading.of(log);
        this.query = query;
        this.end = end;
        this.next = OptionalLong.of(query.cursor());
    }

    /** The next record, which stays; null after the last. */
    @Nullable
    AuditEntry peek() {
        if (page.isEmpty() && next.isPresent()) fill(next.getAsLong());
        AuditEntry first = page.peek();
        return first == null || first.index() >= end ? null : first;
    }

    /** Takes the next record. */
    AuditEntry take() {
        peek();
        return page.remove();
    }

    private void fill(long from) {
        try {
            RecordPage found = reading.search(query.page(PAGE, from));
            page.addAll(found.records());
            next = found.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
