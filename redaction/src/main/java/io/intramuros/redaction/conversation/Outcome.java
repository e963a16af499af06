// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.vault.Vault;
import java.util.List;
import java.util.Set;

/** How the redaction of a conversation ended. */
public sealed interface Outcome {
    /** How often what was found. */
    Counts counts();

    /**
     * The conversation may go on.
     *
     * @param slots one for each slot given, in their order
     * @param vault what can restore the surrogates in them
     * @param counts how often what was found
     */
    record Redacted(List<RedactedSlot> slots, Vault vault, Counts counts) implements Outcome {
        public Redacted {
            slots = List.copyOf(slots);
        }
    }

    /**
     * The plan forbids it.
     *
     * @param because the types that the plan blocks and that were found
     * @param counts how often what was found
     */
    record Blocked(Set<EntityType> because, Counts counts) implements Outcome {
        public Blocked {
            because = Set.copyOf(because);
        }
    }
}
