// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The records of several logs by their time, and by log and index where that is the same. One thread. */
final class Merge {
    private final List<RecordPages> logs;

    /** A record, and which log it is from. */
    record Found(int log, AuditEntry entry) {}

    Merge(List<BundleLog> logs, RecordQuery query) {
        this.logs = logs.stream().map(log -> log.records(query)).toList();
    }

    /** The next record; null after the last. */
    @Nullable
    Found next() {
        return IntStream.range(0, logs.size())
                .filter(log -> logs.get(log).peek() != null)
                .mapToObj(log -> new Found(log, head(log)))
                .min(Comparator.comparing((Found found) -> found.entry().time()).thenComparingInt(Found::log))
                .map(found -> new Found(found.log(), logs.get(found.log()).take()))
                .orElse(null);
    }

    private AuditEntry head(int log) {
        AuditEntry head = logs.get(log).peek();
        if (head == null) throw new IllegalStateException("log: at its end (expected: a record)");
        return head;
    }
}
