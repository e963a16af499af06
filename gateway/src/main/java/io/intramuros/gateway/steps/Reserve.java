// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import io.intramuros.gateway.quota.Ledger;
import io.intramuros.gateway.quota.Limit;
import io.intramuros.gateway.quota.Reservation;
import io.intramuros.gateway.quota.ReserveRequest;
import io.intramuros.gateway.quota.Scope;
import io.intramuros.gateway.quota.Standing;
import io.intramuros.gateway.quota.Usage;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.gateway.tenant.LimitSource;
import io.intramuros.policies.Model;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 5: takes the quota at every level of the tree or at none, and gives back at the end what was not used. */
public final class Reserve implements Step, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);

    private final Ledger ledger;
    private final LimitSource limits;
    private final Map<String, Exchange> running = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Makes the step.
     *
     * @param beat how often the ledger hears that running exchanges live; a third of its lease
     */
    public Reserve(Ledger ledger, LimitSource limits, Duration beat) {
        this.ledger = ledger;
        this.limits = limits;
        Thread.ofVirtual().name("quota-beat").start(() -> beat(beat));
    }

    @Override
    public Outcome take(Exchange exchange) {
        Caller caller = exchange.caller();
        Model model = exchange.found().model.get();
        List<Limit> applying = limits.limitsFor(caller, model.name());
        ReserveRequest request = new ReserveRequest(
                exchange.id(),
                Scope.path(caller.team(), caller.project(), caller.id()),
                model.name(),
                applying,
                priced(model, exchange.found().estimate.get()));
        return switch (ledger.reserve(request)) {
            case Reservation.Held held -> {
                hold(exchange, model);
                exchange.found().standing.set(held.standing());
                exchange.found().reserved.set(true);
                yield Onward.ONWARD;
            }
            case Reservation.Refused refused -> {
                exchange.found().standing.set(refused.standing());
                yield refused(refused);
            }
            case Reservation.NeverFits(Limit limit) ->
                Refusal.invalid(
                        "max_tokens",
                        "The request may use more than the whole limit of " + said(limit) + "; ask for less.");
            case Reservation.Unavailable(String reason) -> {
                LOG.warn("request {}: no reservation: {}", exchange.id(), reason);
                yield new Refusal(
                        ErrorCode.QUOTA_UNAVAILABLE,
                        "Quotas cannot be counted at the moment, so nothing is forwarded; try again.",
                        null,
                        Map.of("retry-after", "2"));
            }
        };
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void hold(Exchange exchange, Model model) {
        running.put(exchange.id(), exchange);
        exchange.atEnd(ending -> {
            running.remove(exchange.id());
            ledger.settle(exchange.id(), priced(model, ending.usage()));
        });
    }

    private static Usage priced(Model model, io.intramuros.gateway.exchange.Usage tokens) {
        return new Usage(tokens.in(), tokens.out(), Prices.micros(model, tokens));
    }

    private static Refusal refused(Reservation.Refused refused) {
        Map<String, String> headers = new HashMap<>(refused.standing().headers());
        headers.put("retry-after", Long.toString(refused.retryAfterSeconds()));
        Limit limit = refused.limit();
        return switch (refused.kind()) {
            case RATE ->
                new Refusal(
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "The limit of " + said(limit) + " is reached; try again in " + refused.retryAfterSeconds()
                                + " s.",
                        null,
                        headers);
            case CONCURRENCY ->
                new Refusal(
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "The limit of " + said(limit) + " is reached; try again when one of them has ended.",
                        null,
                        headers);
            case BUDGET -> {
                // A client library that retries by itself would only be refused again.
                headers.put("x-should-retry", "false");
                yield new Refusal(
                        ErrorCode.INSUFFICIENT_QUOTA,
                        "The quota of " + said(limit) + " is used up; it opens again in " + refused.retryAfterSeconds()
                                + " s.",
                        null,
                        headers);
            }
        };
    }

    private static String said(Limit limit) {
        String unit = switch (limit.unit()) {
            case REQUESTS -> "requests";
            case TOKENS -> "tokens";
            case CONCURRENCY -> "requests at once";
            case COST -> "micro-units of cost";
        };
        String per = switch (limit.per()) {
            case Limit.Per.Rate(Duration period) -> " per " + period.toSeconds() + " s";
            case Limit.Per.Day _ -> " per day";
            case Limit.Per.Month _ -> " per month";
            case Limit.Per.Now _ -> "";
        };
        return limit.amount() + " " + unit + per + " ("
                + limit.scope().level().name().toLowerCase(Locale.ROOT) + ")";
    }

    private void beat(Duration every) {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                running.forEach(this::progress);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the ledger that an exchange lives; one that fails must not end the beat of the others. */
    private void progress(String id, Exchange exchange) {
        try {
            ledger.progress(
                    id, priced(exchange.found().model.get(), exchange.found().usageSoFar()));
        } catch (RuntimeException e) {
            LOG.warn("request {}: the ledger did not hear that it runs: {}", id, e.toString());
        }
    }

    /** The headers that say what is left, for an answer that goes well. */
    public static Map<String, String> headers(Exchange exchange) {
        return exchange.found().standing.find().map(Standing::headers).orElse(Map.of());
    }
}
