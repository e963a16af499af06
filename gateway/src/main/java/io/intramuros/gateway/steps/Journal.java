// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.AuditRecord;
import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.gateway.exchange.Ending;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Found;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.policies.Decision;
import io.intramuros.policies.Model;
import io.intramuros.policies.Verdict;
import io.intramuros.redaction.conversation.Counts;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the records of exchanges. Each call returns when its record is durable. */
public final class Journal {
    /** A record has 4 KiB. */
    private static final int MOST_CHARS = 1_000;

    private final AuditLog log;

    public Journal(AuditLog log) {
        this.log = log;
    }

    /** Before the first forward. */
    void admitted(Exchange exchange) throws AuditUnavailableException {
        log.append(about("request.admitted", exchange).build());
    }

    /**
     * Before every further forward.
     *
     * @param node the next to try
     * @param why what the last one did
     */
    void retried(Exchange exchange, String node, String why) throws AuditUnavailableException {
        log.append(about("request.retried", exchange)
                .node(node)
                .with("because", why)
                .build());
    }

    /** At the end, whatever it is. */
    void ended(Exchange exchange, Ending ending, Usage usage) throws AuditUnavailableException {
        AuditRecord.Builder record = about(ending.recordType(), exchange)
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
        log.append(record.build());
    }

    /** Failed authentications of the last moments, joined. */
    void authFailed(long count) throws AuditUnavailableException {
        log.append(AuditRecord.of("auth.failed")
                .outcome("invalid_api_key")
                .http(401)
                .with("count", Long.toString(count))
                .build());
    }

    /** Another configuration counts. */
    public void configurationChanged(String policyVersion) {
        change("policy.changed", "system", Map.of("policy", policyVersion));
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

    private static AuditRecord.Builder about(String type, Exchange exchange) {
        Found found = exchange.found();
        AuditRecord.Builder record = AuditRecord.of(type)
                .id(exchange.id())
                .team(exchange.caller().team())
                .project(exchange.caller().project())
                .key(exchange.caller().id());
        found.model.find().ifPresent(model -> record.model(asked(found, model), model.name()));
        found.node.find().ifPresent(record::node);
        found.decision.find().ifPresent(decision -> {
            record.policy(decision.version());
            if (decision.isObserved())
                record.with(
                        "observed",
                        decision.observed().stream()
                                .map(Decision.Observation::policy)
                                .collect(Collectors.joining(" ")));
            record.with("wouldHave", wouldHave(decision));
        });
        found.counts.find().ifPresent(counts -> record.pii(pii(counts)));
        found.coverage
                .find()
                .ifPresent(coverage -> record.with("scanned", coverage.scanned())
                        .with("masked", coverage.masked())
                        .with("skipped", coverage.skippedBecause())
                        .with("failed", coverage.failed())
                        .with("unscanned", coverage.unscanned()));
        record.with("answerPii", found.answered.text());
        return record;
    }

    /** The name that was asked for, which is the model's own or one of its aliases, so no text of a caller's. */
    private static String asked(Found found, Model model) {
        return found.request.find().map(ModelRequest::model).orElse(model.name());
    }

    /** What policies that are only watched would have done, as {@code cards:block,CREDIT_CARD=block}. */
    private static String wouldHave(Decision decision) {
        return decision.observed().stream()
                .map(observed -> observed.policy()
                        + (observed.verdict() instanceof Verdict.Deny ? ":block" : ":allow")
                        + new TreeMap<>(observed.actions())
                                .entrySet().stream()
                                        .map(action -> "," + action.getKey() + "="
                                                + action.getValue().name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining(" "))
                .transform(all -> all.length() > MOST_CHARS ? all.substring(0, MOST_CHARS) + "…" : all);
    }

    private static Map<String, Map<String, Integer>> pii(Counts counts) {
        Map<String, Map<String, Integer>> byName = new TreeMap<>();
        counts.byType()
                .forEach((type, actions) ->
                        actions.forEach((action, count) -> byName.computeIfAbsent(type.name(), _ -> new TreeMap<>())
                                .put(action.name().toLowerCase(Locale.ROOT), count)));
        return byName;
    }
}
