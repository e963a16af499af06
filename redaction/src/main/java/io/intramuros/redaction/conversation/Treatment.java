// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Turns a value into what the plan wants in its place. */
final class Treatment {
    private final ActionPlan plan;
    private final BiFunction<EntityType, String, String> surrogate;
    private final BiFunction<EntityType, String, String> hash;

    /**
     * What {@code plan} says, with the means to do it.
     *
     * @param surrogate makes the surrogate of a value
     * @param hash makes the hash of a value
     */
    Treatment(
            ActionPlan plan,
            BiFunction<EntityType, String, String> surrogate,
            BiFunction<EntityType, String, String> hash) {
        this.plan = plan;
        this.surrogate = surrogate;
        this.hash = hash;
    }

    /**
     * Refuses a plan with an action that this version cannot do: letting the value through instead would be a leak, and
     * doing something else a surprise.
     */
    static ActionPlan checked(ActionPlan plan) {
        for (EntityType type : EntityType.values()) {
            Action action = plan.actionFor(type);
            if (action == Action.ENCRYPT || action == Action.SYNTHESIZE)
                throw new IllegalArgumentException("action for " + type + ": " + action
                        + " is not available yet (expected: allow, mask, pseudonymize, hash or block)");
        }
        return plan;
    }

    Action actionFor(EntityType type) {
        return plan.actionFor(type);
    }

    /** What stands for the value; null where the value stays. */
    @Nullable
    String replacement(EntityType type, String value) {
        return switch (plan.actionFor(type)) {
            case ALLOW -> null;
            case MASK, BLOCK -> "[" + type + "]";
            case PSEUDONYMIZE -> surrogate.apply(type, value);
            case HASH -> hash.apply(type, value);
            case ENCRYPT, SYNTHESIZE -> throw new IllegalStateException("plan: unchecked (expected: checked)");
        };
    }
}
