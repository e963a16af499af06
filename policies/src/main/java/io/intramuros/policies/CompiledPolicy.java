// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy whose condition is checked. */
record CompiledPolicy(Policy policy, @Nullable Condition condition, ActionPlan request, ActionPlan response) {
    static CompiledPolicy of(Policy policy) throws ConditionException {
        Expression when = policy.when();
        return new CompiledPolicy(
                policy,
                when == null ? null : Condition.compile(when.text()),
                new ActionPlan(policy.request().actions(), policy.request().otherwise()),
                new ActionPlan(policy.response().actions(), policy.response().otherwise()));
    }

    /** By its name, which no other policy has: a map of them is filled for each request, and a whole policy is deep. */
    @Override
    public int hashCode() {
        return policy.name().hashCode();
    }

    String name() {
        return policy.name();
    }

    boolean isEnforced() {
        return policy.mode() == Policy.Mode.ENFORCE;
    }

    boolean readsFindings() {
        return condition != null && condition.readsFindings();
    }

    Condition.Answer matches(DecisionRequest asked) {
        if (!policy.appliesTo().covers(asked)) return Condition.Answer.NO;
        return condition == null ? Condition.Answer.YES : condition.ask(asked);
    }

    /** Why this policy alone refuses the request, if it does. */
    Optional<Verdict.Deny> refusal(DecisionRequest asked, Condition.Answer answer) {
        if (answer == Condition.Answer.BROKEN) return Optional.of(blocked(Verdict.POLICY_ERROR));
        if (!policy.models().allows(asked.model()))
            return Optional.of(new Verdict.Deny(Verdict.Code.MODEL_NOT_ALLOWED, Verdict.MODEL, name()));
        return asked.findings().keySet().stream()
                .sorted()
                .filter(type -> asked.found(type) && request.actionFor(type) == Action.BLOCK)
                .findFirst()
                .map(type -> blocked(type.name()));
    }

    Verdict.Deny blocked(String because) {
        return new Verdict.Deny(Verdict.Code.POLICY_BLOCKED, because, name());
    }
}
