// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The order of actions by how little of a value gets through. */
final class Strictness {
    /*
     * What can come back is milder than what cannot; what says something about the value (that it is the same, that it
     * is well formed) is milder than what says nothing.
     */
    private static final List<Action> MILD_TO_STRICT = List.of(
            Action.ALLOW,
            Action.PSEUDONYMIZE,
            Action.SYNTHESIZE,
            Action.ENCRYPT,
            Action.HASH,
            Action.MASK,
            Action.BLOCK);

    private Strictness() {}

    static boolean isStricter(Action one, Action other) {
        return MILD_TO_STRICT.indexOf(one) > MILD_TO_STRICT.indexOf(other);
    }

    /** The plan that does to each type the strictest of what the plans do; allows all where there are none. */
    static ActionPlan strictest(List<ActionPlan> plans) {
        if (plans.size() == 1) return plans.getFirst();
        Action otherwise = Action.ALLOW;
        for (ActionPlan plan : plans) otherwise = stricter(otherwise, plan.otherwise());
        Map<EntityType, Action> actions = new EnumMap<>(EntityType.class);
        for (EntityType type : EntityType.values()) {
            Action action = Action.ALLOW;
            for (ActionPlan plan : plans) action = stricter(action, plan.actionFor(type));
            if (action != otherwise) actions.put(type, action);
        }
        return new ActionPlan(actions, otherwise);
    }

    private static Action stricter(Action one, Action other) {
        return isStricter(/* one= */ other, /* other= */ one) ? other : one;
    }
}
