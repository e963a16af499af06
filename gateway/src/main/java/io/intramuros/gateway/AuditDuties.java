// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.audit.LogKey;
import io.intramuros.audit.Retention;
import io.intramuros.audit.VerifierKey;
import io.intramuros.audit.Witness;
import io.intramuros.gateway.config.DataFolder;
import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.gateway.config.MasterKey;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.steps.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway does for logs beside writing its own: it has its checkpoints signed by witnesses, is one for others, and
 * takes away what has been kept long enough.
 */
final class AuditDuties implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditDuties.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PRUNE = Duration.ofHours(1);

    private final AuditLog log;
    private final Witness witness;
    private final Retention retention;
    private final AskedWitnesses asked;
    private final CountDownLatch closed = new CountDownLatch(1);

    private AuditDuties(AuditLog log, Witness witness, Retention retention, AskedWitnesses asked) {
        this.log = log;
        this.witness = witness;
        this.retention = retention;
        this.asked = asked;
    }

    static AuditDuties of(Settings settings, DataFolder data, AuditLog log, Journal journal, InstantSource clock) {
        return new AuditDuties(
                log,
                witness(settings, data, clock),
                retention(settings),
                AskedWitnesses.of(log, journal, listed(settings, Setting.AUDIT_WITNESSES)));
    }

    /** With a key of this data folder's own: who has another gateway's master key cannot sign as this one. */
    private static Witness witness(Settings settings, DataFolder data, InstantSource clock) {
        LogKey key = LogKeys.witness(settings, data.secret("witness-key", MasterKey::generate));
        List<VerifierKey> logs = listed(settings, Setting.AUDIT_WITNESSED).stream()
                .map(file -> LogKeys.read(Setting.AUDIT_WITNESSED, file))
                .toList();
        Path folder = data.resolve("witness");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("vkey"), key.verifier() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("data folder: witness", e);
        }
        return new Witness(folder, key, logs, clock);
    }

    private static Retention retention(Settings settings) {
        try {
            return new Retention(
                    settings.time(Setting.AUDIT_RETENTION),
                    Map.of(),
                    Set.copyOf(listed(settings, Setting.AUDIT_HIGH_RISK)));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings(Setting.AUDIT_RETENTION.key() + ": " + e.getMessage());
        }
    }

    private static List<String> listed(Settings settings, Setting setting) {
        return Arrays.stream(settings.text(setting).split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    Witness witness() {
        return witness;
    }

    Retention retention() {
        return retention;
    }

    /** Begins, once the gateway serves. */
    void begin() {
        Thread.ofVirtual().name("audit-witnesses").start(() -> every(LOOK, asked::ask));
        Thread.ofVirtual().name("audit-retention").start(() -> every(PRUNE, this::prune));
    }

    private void every(Duration time, Runnable duty) {
        try {
            do duty.run();
            while (!closed.await(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void prune() {
        try {
            int segments = log.prune(retention, "system");
            if (segments > 0) LOG.info("audit log: {} segments were kept long enough and are gone", segments);
        } catch (IOException | AuditUnavailableException e) {
            LOG.error("audit log: nothing was pruned: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        asked.close();
    }
}
