// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.vault.Surrogates;
import org.jspecify.annotations.Nullable;

/** Turns a value into what the plan wants in its place. */
final class Treatment {
    private final ActionPlan plan;
    private final Surrogates surrogates;
    private final StandIns standIns;

    /** What can stand for a value and, in a request, be turned back. */
    interface StandIns {
        /** The surrogate of a value. */
        String surrogate(EntityType type, String value);

        /** A made-up value for what {@code finding} covers in {@code text}. */
        String madeUp(Finding finding, String text);
    }

    Treatment(ActionPlan plan, Surrogates surrogates, StandIns standIns) {
        this.plan = plan;
        this.surrogates = surrogates;
        this.standIns = standIns;
    }

    Action actionFor(EntityType type) {
        return plan.actionFor(type);
    }

    /** What stands for what {@code finding} covers in {@code text}; null where it stays. */
    @Nullable
    String replacement(Finding finding, String text) {
        EntityType type = finding.type();
        String value = text.substring(finding.start(), finding.end());
        return switch (plan.actionFor(type)) {
            case ALLOW -> null;
            case MASK, BLOCK -> "[" + type + "]";
            case PSEUDONYMIZE -> standIns.surrogate(type, value);
            case SYNTHESIZE -> standIns.madeUp(finding, text);
            case HASH -> surrogates.hash(type, value);
            case ENCRYPT -> surrogates.encryption().encrypt(type, value);
        };
    }
}
