// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(offset.get());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "P400D", "PT30S", "PT-30S"})
    void step_clockThatWasSet_isRecordedOnce(Duration by) {
        Clocks clocks = new Clocks(clock);
        assertThat(clocks.step()).isEmpty();
        offset.set(by);

        AuditRecord record = clocks.step().orElseThrow();

        assertThat(record.type()).isEqualTo("system.clock_stepped");
        assertThat((Long) record.fields().get("millis")).isBetween(by.toMillis() - 2_000, by.toMillis() + 2_000);
        assertThat(clocks.step()).isEmpty();
    }

    @Test
    void append_clockThatWasSet_standsInTheLogBeforeTheNextRecord() throws Exception {
        try (AuditLog log = AuditLog.open(Logs.rarelySigned(folder, 1 << 20).by(clock))) {
            log.append(Logs.admitted("r1"));
            offset.set(Duration.ofDays(-2));
            log.append(Logs.completed("r1"));
        }

        assertThat(Logs.read(folder))
                .extracting(AuditEntry::type)
                .containsExactly(
                        "system.start", "request.admitted", "system.clock_stepped", "request.completed", "system.stop");
        assertThat(Logs.read(folder)).extracting(AuditEntry::time).isSorted();
    }
}
