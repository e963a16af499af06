// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.audit.AuditEntry;
import io.intramuros.audit.AuditLog;
import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.quota.Ledger;
import io.intramuros.gateway.quota.LocalLedger;
import io.intramuros.gateway.quota.OrganizationCalendar;
import io.intramuros.gateway.quota.RedisLedger;
import io.intramuros.gateway.quota.RedisLink;
import io.intramuros.gateway.quota.Scope;
import io.intramuros.gateway.quota.Usage;
import io.intramuros.gateway.tenant.LedgerEpoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Deque;
import java.util.List;

/** Opens the ledger that the settings ask for. */
final class Ledgers {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String ORGANIZATION = "default";

    private Ledgers() {}

    /** The ledger; what it needs is added to {@code parts}. */
    static Ledger open(
            Settings settings, Tenants tenants, AuditLog log, InstantSource clock, Deque<AutoCloseable> parts) {
        OrganizationCalendar calendar = new OrganizationCalendar(zone(settings));
        if (!settings.has(Setting.REDIS_URI)) return local(calendar, log, clock);
        RedisLink link = new RedisLink(settings.text(Setting.REDIS_URI));
        parts.push(link);
        LedgerEpoch epoch = LedgerEpoch.of(tenants.store());
        return new RedisLedger(
                link,
                new RedisLedger.Settings(ORGANIZATION, epoch.id(), epoch.minted(), LEASE),
                calendar,
                clock,
                tenants.book());
    }

    private static ZoneId zone(Settings settings) {
        String zone = settings.text(Setting.TIME_ZONE);
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException _) {
            throw new InvalidSettings(
                    "organization.timeZone: \"" + zone + "\" (expected: a zone such as Europe/Madrid)");
        }
    }

    /** In memory, with what the audit log knows of this month, so that a restart forgets no budget. */
    private static Ledger local(OrganizationCalendar calendar, AuditLog log, InstantSource clock) {
        LocalLedger ledger = new LocalLedger(calendar, clock, LEASE);
        Instant month = clock.instant()
                .atZone(calendar.zone())
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(calendar.zone())
                .toInstant();
        try {
            log.replay(month, entry -> replay(ledger, entry));
        } catch (IOException e) {
            throw new UncheckedIOException("audit log: cannot be replayed for the quotas", e);
        }
        return ledger;
    }

    private static void replay(LocalLedger ledger, AuditEntry entry) {
        switch (entry.text("type")) {
            case "request.admitted" -> record(ledger, entry, 1, Usage.NONE);
            case "request.completed", "request.failed", "request.cancelled" ->
                record(
                        ledger,
                        entry,
                        0,
                        new Usage(entry.number("tokens.in"), entry.number("tokens.out"), entry.number("micros")));
            default -> {
                // nothing that a quota counts
            }
        }
    }

    private static void record(LocalLedger ledger, AuditEntry entry, long requests, Usage usage) {
        List<Scope> path = Scope.path(entry.text("team"), entry.text("project"), entry.text("key"));
        ledger.record(entry.time(), path, entry.text("model.served"), requests, usage);
    }
}
