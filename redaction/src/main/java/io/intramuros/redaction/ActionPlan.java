// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import java.util.Map;

/**
 * What to do with each type of finding in one direction.
 *
 * @param actions the types that differ from {@code otherwise}
 * @param otherwise for every type that {@code actions} does not name
 */
public record ActionPlan(Map<EntityType, Action> actions, Action otherwise) {
    public ActionPlan {
        actions = Map.copyOf(actions);
    }

    /** The action for a type. */
    public Action actionFor(EntityType type) {
        return actions.getOrDefault(type, otherwise);
    }
}
