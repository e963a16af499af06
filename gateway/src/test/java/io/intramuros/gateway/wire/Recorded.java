// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.audit.AuditEntry;
import io.intramuros.audit.LogReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What the log of a running gateway holds, read from its files. */
final class Recorded {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path log;

    /** Of a gateway with this data folder. */
    Recorded(Path data) {
        this.log = data.resolve("audit");
    }

    /** Every record. */
    List<AuditEntry> all() {
        List<AuditEntry> entries = new ArrayList<>();
        try {
            LogReading.of(log).each(entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** The first record of a type that one request has. */
    AuditEntry of(String request, String type) {
        return all().stream()
                .filter(entry ->
                        entry.text("id").equals(request) && entry.text("type").equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for a record, at most {@code limit}. */
    AuditEntry await(Predicate<AuditEntry> wanted, Duration limit) {
        Instant until = Instant.now().plus(limit);
        while (true) {
            var found = all().stream().filter(wanted).findFirst();
            if (found.isPresent()) return found.get();
            if (Instant.now().isAfter(until)) throw new AssertionError("no such record within " + limit);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
