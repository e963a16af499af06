// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.gateway.exchange.Ending;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.gateway.telemetry.ExchangeMetrics;
import io.intramuros.gateway.telemetry.RequestLog;
import io.intramuros.gateway.tenant.UsageBook;
import io.intramuros.policies.Model;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Step 12, where every exchange ends, however it does: what was taken is given back, and one record says how it ended. */
public final class Settle {
    private static final Logger LOG = LoggerFactory.getLogger(Settle.class);

    private final Journal journal;
    private final ExchangeMetrics metrics;
    private final UsageBook book;
    private final InstantSource clock;
    private final Executor virtual;

    /**
     * Makes the step.
     *
     * @param virtual where endings run that nobody waits for
     */
    public Settle(Journal journal, ExchangeMetrics metrics, UsageBook book, InstantSource clock, Executor virtual) {
        this.journal = journal;
        this.metrics = metrics;
        this.book = book;
        this.clock = clock;
        this.virtual = virtual;
    }

    /**
     * Ends an exchange, once: a second ending changes nothing. Returns when the record is durable.
     *
     * @throws AuditUnavailableException if the record cannot be written; the exchange has ended all the same
     */
    public void end(Exchange exchange, Ending ending) throws AuditUnavailableException {
        if (!exchange.end(ending)) return;
        Usage usage = ending.usage();
        String model = exchange.found().model.find().map(Model::name).orElse("");
        String team = exchange.caller().team();
        metrics.ended(team, model, ending.outcome(), Duration.between(exchange.received(), clock.instant()));
        if (usage.total() > 0) metrics.tokens(team, model, usage.in(), usage.out());
        exchange.found()
                .model
                .find()
                .ifPresent(known -> book.add(
                        UsageBook.Place.at(exchange.received(), exchange.caller(), known.name()), sum(ending, known)));
        journal.ended(exchange, ending, usage);
    }

    private static UsageBook.Sum sum(Ending ending, Model model) {
        Usage usage = ending.usage();
        int refused = ending instanceof Ending.Denied ? 1 : 0;
        return new UsageBook.Sum(1 - refused, refused, usage.in(), usage.out(), Prices.micros(model, usage));
    }

    /** Ends an exchange that goes badly anyway: where the record cannot be written, a counter says so. */
    public void endQuietly(Exchange exchange, Ending ending) {
        try (MDC.MDCCloseable _ = RequestLog.of(exchange.id())) {
            end(exchange, ending);
        } catch (AuditUnavailableException e) {
            // The wait was given up because the caller left; the log has the record all the same, and writes it.
            if (e.getCause() instanceof InterruptedException) return;
            metrics.unrecorded();
            LOG.error("request {}: its ending is not in the log: {}", exchange.id(), e.getMessage());
        }
    }

    /** The same, from a thread that must not wait. */
    public void endLater(Exchange exchange, Ending ending) {
        virtual.execute(() -> endQuietly(exchange, ending));
    }
}
