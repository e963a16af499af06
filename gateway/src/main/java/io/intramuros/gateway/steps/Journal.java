// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.AuditRecord;
import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.gateway.exchange.Ending;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Found;
import io.intramuros.gateway.exchange.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the records of exchanges. Each call returns when its record is durable. */
public final class Journal {
    /** What gives way where a record would be larger than 4 KiB. */
    private static final List<String> LEAST_NEEDED =
            List.of("wouldHave", "observed", "answerPii", "skipped", "masked", "quota", "scanned", "pii");

    private final AuditLog log;

    public Journal(AuditLog log) {
        this.log = log;
    }

    /** Before the first forward. */
    void admitted(Exchange exchange) throws AuditUnavailableException {
        Found found = exchange.found();
        found.admitted.set(exchange.elapsed());
        AuditRecord.Builder record = ExchangeRecord.of("request.admitted", exchange);
        // The one that is called first; who answers stands in the record of the end.
        found.targets
                .find()
                .ifPresent(targets -> record.node(targets.getFirst().target().node()));
        log.append(record.buildWithin(LEAST_NEEDED));
    }

    /**
     * Before every further forward.
     *
     * @param node the next to try
     * @param why what the last one did
     */
    void retried(Exchange exchange, String node, String why) throws AuditUnavailableException {
        log.append(ExchangeRecord.of("request.retried", exchange)
                .node(node)
                .with("because", why)
                .buildWithin(LEAST_NEEDED));
    }

    /** At the end, whatever it is. */
    void ended(Exchange exchange, Ending ending, Usage usage) throws AuditUnavailableException {
        AuditRecord.Builder record = ExchangeRecord.of(ending.recordType(), exchange)
                .tokens(usage.in(), usage.out())
                .outcome(ending.outcome())
                .http(ending.http())
                .with("ms", exchange.elapsed().toMillis());
        long micros = exchange.found()
                .model
                .find()
                .map(model -> Prices.micros(model, usage))
                .orElse(0L);
        if (micros > 0) record.with("micros", micros); // what a restart counts against budgets of cost
        log.append(record.buildWithin(LEAST_NEEDED));
    }

    /** Failed authentications of the last moments on one plane, joined. */
    void authFailed(AuthFailures.Plane plane, long count) throws AuditUnavailableException {
        log.append(AuditRecord.of("auth.failed")
                .outcome(plane.code())
                .http(401)
                .with("plane", plane.name().toLowerCase(Locale.ROOT))
                .with("count", count)
                .build());
    }

    /**
     * An administrator, or the process itself, changed something.
     *
     * @param fields names and counts, never a secret
     */
    public void change(String type, String actor, Map<String, String> fields) {
        AuditRecord.Builder record = AuditRecord.of(type).actor(actor);
        fields.forEach(record::with);
        try {
            log.append(record.build());
        } catch (AuditUnavailableException e) {
            throw new IllegalStateException("audit log: a change cannot be recorded", e);
        }
    }
}
