// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.audit.AuditRecord;
import io.intramuros.gateway.exchange.Coverage;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Found;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.gateway.quota.Standing;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.policies.Decision;
import io.intramuros.policies.Model;
import io.intramuros.policies.Verdict;
import io.intramuros.redaction.conversation.Counts;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of an exchange: ids, names that exist, counts and codes, and no text of a caller's. Lists that
 * configuration can make long are cut, so that every record has room in its 4 KiB.
 */
final class ExchangeRecord {
    private static final int LONG_CHARS = 400;
    private static final int SHORT_CHARS = 200;

    private ExchangeRecord() {}

    /** Begins a record with all that is known by now. */
    static AuditRecord.Builder of(String type, Exchange exchange) {
        Found found = exchange.found();
        Caller caller = exchange.caller();
        AuditRecord.Builder record = AuditRecord.of(type)
                .id(exchange.id())
                .team(caller.team())
                .project(caller.project())
                .key(caller.id())
                .with("auth", lower(caller.kind()))
                .with("route", exchange.endpoint().path())
                .with("trace", found.trace.find().orElse(""));
        found.model.find().ifPresent(model -> record.model(asked(found, model), model.name()));
        found.node.find().ifPresent(record::node);
        found.decision.find().ifPresent(decision -> decided(record, decision));
        found.counts.find().ifPresent(counts -> record.pii(pii(counts)));
        found.coverage.find().ifPresent(coverage -> covered(record, coverage));
        record.with("answerPii", cut(found.answered.text(), LONG_CHARS));
        return record.with("quota", quota(found)).with("timing", timing(found));
    }

    /** The name that was asked for, which is the model's own or one of its aliases, so no text of a caller's. */
    private static String asked(Found found, Model model) {
        return found.request.find().map(ModelRequest::model).orElse(model.name());
    }

    private static void decided(AuditRecord.Builder record, Decision decision) {
        Map<String, Object> said = new TreeMap<>();
        switch (decision.verdict()) {
            case Verdict.Allow _ -> said.put("verdict", "allow");
            case Verdict.Deny(Verdict.Code code, String because, String policy) -> {
                said.put("verdict", "deny");
                said.put("code", code.text());
                said.put("because", because);
                said.put("by", policy);
            }
        }
        if (!decision.policies().isEmpty())
            said.put("policies", cut(String.join(" ", decision.policies()), LONG_CHARS));
        if (!decision.zones().isEmpty())
            said.put("zones", cut(decision.zones().stream().sorted().collect(Collectors.joining(" ")), SHORT_CHARS));
        decision.maxOutputTokens().ifPresent(cap -> said.put("cap", (long) cap));
        record.policy(decision.version())
                .with("decision", said)
                .with(
                        "observed",
                        cut(
                                decision.observed().stream()
                                        .map(Decision.Observation::policy)
                                        .collect(Collectors.joining(" ")),
                                SHORT_CHARS))
                .with("wouldHave", cut(wouldHave(decision), LONG_CHARS));
    }

    /** What policies that are only watched would have done, as {@code cards:block,CREDIT_CARD=block}. */
    private static String wouldHave(Decision decision) {
        return decision.observed().stream()
                .map(observed -> observed.policy()
                        + (observed.verdict() instanceof Verdict.Deny ? ":block" : ":allow")
                        + new TreeMap<>(observed.actions())
                                .entrySet().stream()
                                        .map(action -> "," + action.getKey() + "=" + lower(action.getValue()))
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Map<String, Integer>> pii(Counts counts) {
        Map<String, Map<String, Integer>> byName = new TreeMap<>();
        counts.byType()
                .forEach((type, actions) ->
                        actions.forEach((action, count) -> byName.computeIfAbsent(type.name(), _ -> new TreeMap<>())
                                .put(lower(action), count)));
        return byName;
    }

    private static void covered(AuditRecord.Builder record, Coverage coverage) {
        record.with("scanned", cut(coverage.scanned(), SHORT_CHARS))
                .with("masked", cut(coverage.masked(), SHORT_CHARS))
                .with("skipped", cut(coverage.skippedBecause(), SHORT_CHARS))
                .with("failed", cut(coverage.failed(), SHORT_CHARS))
                .with("unscanned", cut(coverage.unscanned(), SHORT_CHARS));
    }

    /** What was reserved of the quotas, and what then was left of each limit that the request met. */
    private static Map<String, Object> quota(Found found) {
        Map<String, Object> quota = new TreeMap<>();
        if (found.standing.find().isEmpty()) return quota;
        Usage estimate = found.estimate.get();
        Map<String, Object> reserved = new TreeMap<>(Map.of("in", estimate.in(), "out", estimate.out()));
        long micros = Prices.micros(found.model.get(), estimate);
        if (micros > 0) reserved.put("micros", micros);
        quota.put(found.reserved.find().isPresent() ? "reserved" : "wanted", reserved);
        String left = found.standing.get().lines().stream()
                .map(ExchangeRecord::left)
                .sorted()
                .collect(Collectors.joining(" "));
        if (!left.isEmpty()) quota.put("left", cut(left, LONG_CHARS));
        return quota;
    }

    /** As {@code team:payments/requests=19/20}. */
    private static String left(Standing.Line line) {
        return line.limit().scope() + "/" + lower(line.limit().unit()) + "=" + line.remaining() + "/"
                + line.limit().capacity();
    }

    /** Milliseconds since the request came: until it was admitted, and until the node's first byte; and of the search. */
    private static Map<String, Object> timing(Found found) {
        Map<String, Object> timing = new TreeMap<>();
        put(timing, "admitted", found.admitted.find().orElse(null));
        put(timing, "firstByte", found.firstByte.find().orElse(null));
        put(timing, "search", found.searched.find().orElse(null));
        return timing;
    }

    private static void put(Map<String, Object> timing, String name, @Nullable Duration took) {
        if (took != null) timing.put(name, took.toMillis());
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String cut(String list, int most) {
        return list.length() <= most ? list : list.substring(0, most) + "…";
    }
}
