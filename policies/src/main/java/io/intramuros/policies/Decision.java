// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A policy set's answer for one exchange.
 *
 * @param version of the policy set, {@code p-} and 12 hexadecimal digits
 * @param policies the names of those that counted, in the order in which they were asked
 * @param request what is done to findings in what is asked
 * @param response what is done to findings in what is answered
 * @param restore whether surrogates become the values again in the answer
 * @param maxOutputTokens the smallest cap of a policy; empty for none
 * @param zones where the node may stand; empty for anywhere
 * @param observed what policies that are only watched would have done
 */
public record Decision(
        String version,
        List<String> policies,
        Verdict verdict,
        ActionPlan request,
        ActionPlan response,
        boolean restore,
        OptionalInt maxOutputTokens,
        Set<String> zones,
        List<Observation> observed) {
    public Decision {
        policies = List.copyOf(policies);
        zones = Set.copyOf(zones);
        observed = List.copyOf(observed);
    }

    /** Whether a policy that is only watched matched. */
    public boolean isObserved() {
        return !observed.isEmpty();
    }

    /**
     * What a policy that is only watched would have done.
     *
     * @param verdict its own
     * @param actions the types in requests to which it would have done something stricter than what was done: of those
     *     found, or of all before anybody looked
     */
    public record Observation(String policy, Verdict verdict, Map<EntityType, Action> actions) {
        public Observation {
            actions = Map.copyOf(actions);
        }
    }
}
