// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.policies.Decision;
import io.intramuros.policies.DecisionRequest;
import io.intramuros.policies.Policy;
import io.intramuros.policies.PolicySet;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.conversation.Applied;
import io.intramuros.redaction.conversation.Conversation;
import io.intramuros.redaction.conversation.Outcome;
import io.intramuros.redaction.conversation.RedactedSlot;
import io.intramuros.redaction.conversation.Slot;
import io.intramuros.redaction.vault.Surrogates;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Redacts a text outside any request, to show what the policies would do to it. */
public final class Redaction {
    private static final String PLACE = "default";

    private final Redactor redactor;
    private final Supplier<PolicySet> policies;
    private final Function<String, Surrogates> surrogatesOfTeam;
    private final InstantSource clock;

    public Redaction(
            Redactor redactor,
            Supplier<PolicySet> policies,
            Function<String, Surrogates> surrogatesOfTeam,
            InstantSource clock) {
        this.redactor = redactor;
        this.policies = policies;
        this.surrogatesOfTeam = surrogatesOfTeam;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param isBlocked whether a request with this text would be refused; what is to blame is masked in {@code text}
     * @param findings with the policies' own actions
     */
    record Shown(String text, boolean isBlocked, List<Applied> findings) {
        Shown {
            findings = List.copyOf(findings);
        }
    }

    /** The policies that count now. */
    PolicySet policies() {
        return policies.get();
    }

    /** By all policies, as they hold for a team. */
    Shown byAll(String text, String team) {
        DecisionRequest request = new DecisionRequest(
                DecisionRequest.CallerKind.KEY, "", team, PLACE, "", clock.instant(), Map.of(), false);
        Map<EntityType, Integer> found = new EnumMap<>(EntityType.class);
        if (policies.get().needsFindings())
            redactor.find(text).forEach(finding -> found.merge(finding.type(), 1, Integer::sum));
        Decision decision = policies.get().decide(request.withFindings(found));
        return by(decision.request(), text, team);
    }

    /** By one policy, whomever it is for. */
    Shown byOne(String text, Policy policy, String team) {
        return by(new ActionPlan(policy.request().actions(), policy.request().otherwise()), text, team);
    }

    /**
     * The text with what action {@code encrypt} wrote for a team opened.
     *
     * @param opened hears of each value's type
     */
    String reveal(String text, String team, Consumer<String> opened) {
        return surrogatesOfTeam.apply(team).encryption().decrypt(text, (type, _) -> opened.accept(type));
    }

    private Shown by(ActionPlan plan, String text, String team) {
        Outcome outcome = Conversation.enforcing(redactor, withoutBlocks(plan), surrogatesOfTeam.apply(team))
                .redact(List.of(Slot.text(text)));
        return switch (outcome) {
            case Outcome.Redacted redacted -> shown(plan, redacted.slots().getFirst());
            case Outcome.Blocked _ ->
                throw new IllegalStateException("redaction: blocked (expected: a plan that blocks nothing)");
        };
    }

    private static Shown shown(ActionPlan plan, RedactedSlot slot) {
        List<Applied> findings = slot.findings().stream()
                .map(found -> new Applied(
                        found.type(),
                        found.kind(),
                        found.start(),
                        found.end(),
                        found.score(),
                        plan.actionFor(found.type()),
                        found.replacement(),
                        found.detector()))
                .toList();
        boolean blocked = findings.stream().anyMatch(found -> found.action() == Action.BLOCK);
        return new Shown(slot.text(), blocked, findings);
    }

    /** The same plan, but what would refuse the request is masked, so that there is something to show. */
    private static ActionPlan withoutBlocks(ActionPlan plan) {
        Map<EntityType, Action> actions = new EnumMap<>(EntityType.class);
        plan.actions().forEach((type, action) -> actions.put(type, orMask(action)));
        return new ActionPlan(actions, orMask(plan.otherwise()));
    }

    private static Action orMask(Action action) {
        return action == Action.BLOCK ? Action.MASK : action;
    }
}
