// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Onward;
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
import io.intramuros.redaction.Redactor;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 6: takes personal data out of every text slot, as one conversation, and readies the way back. */
public final class Redact implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Redact.class);
    private static final Duration TURN = Duration.ofSeconds(30);

    /** What only the names' detectors find; a plan for answers that leaves these alone needs no model. */
    private static final Set<EntityType> BY_NAMES =
            EnumSet.of(EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION, EntityType.ADDRESS);

    private final Redactor redactor;
    private final Redactor patterns;
    private final Supplier<PolicySet> policies;
    private final Function<String, Surrogates> surrogatesOfTeam;
    private final FairPermits permits;

    /**
     * Makes the step.
     *
     * @param redactor with every detector
     * @param patterns with those that need no model
     * @param permits how many exchanges are searched at once, at least 1
     */
    public Redact(
            Redactor redactor,
            Redactor patterns,
            Supplier<PolicySet> policies,
            Function<String, Surrogates> surrogatesOfTeam,
            int permits) {
        this.redactor = redactor;
        this.patterns = patterns;
        this.policies = policies;
        this.surrogatesOfTeam = surrogatesOfTeam;
        this.permits = new FairPermits(permits);
    }

    @Override
    public Outcome take(Exchange exchange) {
        try {
            if (!permits.take(exchange.caller().team(), TURN))
                return new Refusal(
                        ErrorCode.OVERLOADED, "Too many requests wait for redaction; try again in a moment.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Refusal(ErrorCode.OVERLOADED, "The gateway is stopping; try again.");
        }
        try {
            return redact(exchange);
        } catch (RedactionFailedException e) {
            LOG.error("request {}: redaction failed: {}", exchange.id(), e.getMessage());
            return new Refusal(
                    ErrorCode.REDACTION_FAILED,
                    "The request could not be examined for personal data, so it was not forwarded.");
        } finally {
            permits.giveBack();
        }
    }

    private Outcome redact(Exchange exchange) {
        ModelRequest request = exchange.found().request.get();
        List<Slot> slots = request.slots().stream().map(Redact::slot).toList();
        Surrogates surrogates = surrogatesOfTeam.apply(exchange.caller().team());
        Decision decision = exchange.found().decision.get();
        var outcome =
                Conversation.enforcing(redactor, decision.request(), surrogates).redact(slots);
        exchange.found().counts.set(outcome.counts());
        if (policies.get().needsFindings() || decision.isObserved()) {
            Decision refined = policies.get().decide(Decide.request(exchange).withFindings(totals(outcome.counts())));
            exchange.found().decision.set(refined);
            if (refined.verdict() instanceof Verdict.Deny deny) return Decide.refusal(deny);
            if (!refined.request().equals(decision.request()))
                outcome = Conversation.enforcing(redactor, refined.request(), surrogates)
                        .redact(slots);
        }
        return switch (outcome) {
            case io.intramuros.redaction.conversation.Outcome.Blocked blocked -> blocked(blocked.because());
            case io.intramuros.redaction.conversation.Outcome.Redacted redacted -> {
                write(request.slots(), redacted.slots());
                exchange.found().filters.set(filters(exchange.found().decision.get(), redacted.vault(), surrogates));
                yield Onward.ONWARD;
            }
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

    private AnswerText.Filters filters(Decision decision, Vault vault, Surrogates surrogates) {
        boolean names = BY_NAMES.stream().anyMatch(type -> decision.response().actionFor(type) != Action.ALLOW);
        return form -> new AnswerFilter(names ? redactor : patterns, decision, vault, surrogates, form);
    }

    private static Refusal blocked(Set<EntityType> because) {
        return new Refusal(
                ErrorCode.POLICY_BLOCKED,
                "The request holds what a policy forbids to send: " + new TreeSet<>(because) + "; take it out.");
    }
}
