// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.Coverage;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.policies.Decision;
import io.intramuros.policies.PolicySet;
import io.intramuros.policies.Verdict;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.RedactionFailedException;
import io.intramuros.redaction.conversation.Conversation;
import io.intramuros.redaction.conversation.Counts;
import io.intramuros.redaction.conversation.RedactedSlot;
import io.intramuros.redaction.conversation.Slot;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 6: takes personal data out of every text slot, as one conversation, and readies the way back. */
public final class Redact implements Step, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redact.class);
    private static final Duration TURN = Duration.ofSeconds(30);

    /** What only the names' detectors find; a plan for answers that leaves these alone needs no model. */
    private static final Set<EntityType> BY_NAMES =
            EnumSet.of(EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION, EntityType.ADDRESS);

    private final Searching searching;
    private final Supplier<PolicySet> policies;
    private final Function<String, Surrogates> surrogatesOfTeam;
    private final FairPermits permits;
    private final TimeLimit limit;

    /** Makes the step. */
    public Redact(Searching searching, Supplier<PolicySet> policies, Function<String, Surrogates> surrogatesOfTeam) {
        this.searching = searching;
        this.policies = policies;
        this.surrogatesOfTeam = surrogatesOfTeam;
        this.permits = new FairPermits(searching.permits());
        this.limit = new TimeLimit(searching.limit());
    }

    @Override
    public Outcome take(Exchange exchange) {
        Duration before = exchange.elapsed();
        try {
            if (!permits.take(exchange.caller().team(), TURN))
                return new Refusal(
                        ErrorCode.OVERLOADED, "Too many requests wait for redaction; try again in a moment.");
            CoverageCount count = CoverageCount.of(exchange.found().request.get());
            return limit.run(() -> examined(exchange, count), permits::giveBack).orElseGet(() -> {
                LOG.error("request {}: redaction took longer than {}", exchange.id(), searching.limit());
                return failed(exchange, count.until(-1));
            });
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Refusal(ErrorCode.OVERLOADED, "The gateway is stopping; try again.");
        } finally {
            exchange.found().searched.set(exchange.elapsed().minus(before));
        }
    }

    private Outcome examined(Exchange exchange, CoverageCount count) {
        try {
            return redact(exchange, count);
        } catch (RedactionFailedException e) {
            LOG.error("request {}: redaction failed: {}", exchange.id(), e.getMessage());
            return failed(exchange, count.until(e.slot()));
        }
    }

    private static Refusal failed(Exchange exchange, Coverage coverage) {
        exchange.found().coverage.set(coverage);
        return new Refusal(
                ErrorCode.REDACTION_FAILED,
                "The request could not be examined for personal data, so it was not forwarded.");
    }

    private Outcome redact(Exchange exchange, CoverageCount count) {
        ModelRequest request = exchange.found().request.get();
        List<Slot> slots = request.slots().stream().map(Redact::slot).toList();
        Surrogates surrogates = surrogatesOfTeam.apply(exchange.caller().team());
        Decision decision = exchange.found().decision.get();
        if (request.operation() == Operation.MODERATION) return observed(exchange, slots, surrogates, count);
        var outcome = conversation(decision, surrogates).redact(slots);
        exchange.found().counts.set(outcome.counts());
        exchange.found().coverage.set(count.whole(changes(slots, outcome)));
        if (policies.get().needsFindings() || decision.isObserved()) {
            Decision refined = policies.get().decide(Decide.request(exchange).withFindings(totals(outcome.counts())));
            exchange.found().decision.set(refined);
            if (refined.verdict() instanceof Verdict.Deny deny) return Decide.refusal(deny);
            if (!refined.request().equals(decision.request())) {
                outcome = conversation(refined, surrogates).redact(slots);
                exchange.found().counts.set(outcome.counts());
                exchange.found().coverage.set(count.whole(changes(slots, outcome)));
            }
        }
        return switch (outcome) {
            case io.intramuros.redaction.conversation.Outcome.Blocked blocked -> blocked(blocked.because());
            case io.intramuros.redaction.conversation.Outcome.Redacted redacted -> {
                write(request.slots(), redacted.slots());
                exchange.found().filters.set(filters(exchange, redacted.vault(), surrogates));
                yield Onward.ONWARD;
            }
        };
    }

    /** Says what the policies would do, and changes and refuses nothing: that is what is asked. */
    private Outcome observed(Exchange exchange, List<Slot> slots, Surrogates surrogates, CoverageCount count) {
        Decision decision = exchange.found().decision.get();
        var outcome = observe(decision, slots, surrogates);
        if (policies.get().needsFindings() || decision.isObserved()) {
            decision = policies.get().decide(Decide.request(exchange).withFindings(totals(outcome.counts())));
            exchange.found().decision.set(decision);
            outcome = observe(decision, slots, surrogates);
        }
        exchange.found().counts.set(outcome.counts());
        exchange.found().coverage.set(count.whole(_ -> false));
        exchange.found().examined.set(outcome.slots());
        exchange.found().filters.set(filters(exchange, outcome.vault(), surrogates));
        return Onward.ONWARD;
    }

    private io.intramuros.redaction.conversation.Outcome.Redacted observe(
            Decision decision, List<Slot> slots, Surrogates surrogates) {
        var conversation = Conversation.observing(searching.whole(), decision.request(), surrogates)
                .with(searching.cache());
        return switch (conversation.redact(slots)) {
            case io.intramuros.redaction.conversation.Outcome.Redacted redacted -> redacted;
            case io.intramuros.redaction.conversation.Outcome.Blocked _ ->
                throw new IllegalStateException("observing: blocked (expected: it blocks nothing)");
        };
    }

    private Conversation conversation(Decision decision, Surrogates surrogates) {
        return Conversation.enforcing(searching.whole(), decision.request(), surrogates)
                .with(searching.cache());
    }

    private static IntFunction<Boolean> changes(
            List<Slot> slots, io.intramuros.redaction.conversation.Outcome outcome) {
        return switch (outcome) {
            case io.intramuros.redaction.conversation.Outcome.Blocked _ -> _ -> false;
            case io.intramuros.redaction.conversation.Outcome.Redacted redacted ->
                index -> !redacted.slots()
                        .get(index)
                        .text()
                        .equals(slots.get(index).text());
        };
    }

    private static Map<EntityType, Integer> totals(Counts counts) {
        return counts.byType().keySet().stream().collect(Collectors.toMap(type -> type, counts::of));
    }

    private static Slot slot(TextSlot slot) {
        return slot.form() == TextSlot.Form.JSON ? Slot.json(slot.text()) : Slot.text(slot.text());
    }

    private static void write(List<TextSlot> slots, List<RedactedSlot> redacted) {
        for (int i = 0; i < slots.size(); i++) {
            String text = redacted.get(i).text();
            if (!text.equals(slots.get(i).text())) slots.get(i).replace(text);
        }
    }

    private AnswerFilters filters(Exchange exchange, Vault vault, Surrogates surrogates) {
        Decision decision = exchange.found().decision.get();
        boolean names = BY_NAMES.stream().anyMatch(type -> decision.response().actionFor(type) != Action.ALLOW);
        return new AnswerFilters(
                names ? searching.whole() : searching.patterns(),
                decision,
                vault,
                surrogates,
                exchange.found().answered);
    }

    private static Refusal blocked(Set<EntityType> because) {
        return new Refusal(
                ErrorCode.POLICY_BLOCKED,
                "The request holds what a policy forbids to send: " + new TreeSet<>(because) + "; take it out.");
    }

    @Override
    public void close() {
        limit.close();
    }
}
