// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Given;
import io.intramuros.policies.yaml.Key;
import io.intramuros.policies.yaml.OtherKeys;
import io.intramuros.policies.yaml.Place;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the company: whom it is for, when, and what it narrows. What a policy leaves out, it does not narrow.
 *
 * @param when a condition in CEL; null for always
 * @param tests requests with the answers that this policy must give them
 */
public record Policy(
        @Given String name,
        Place at,

        @Key(value = "Whether the policy counts or is only watched", fallback = "enforce")
        Mode mode,

        @Key("Whom the policy is for") AppliesTo appliesTo,

        @Key("A condition in CEL; always where absent") @Nullable
        Expression when,

        @Key("What is done to findings in what is asked") RequestRules request,

        @Key("What is done to findings in what is answered") ResponseRules response,

        @Key("What may be asked of which models") ModelRules models,
        @Key("Which nodes may be used") NodeRules nodes,
        @Given List<PolicyCase> tests) {
    public Policy {
        tests = List.copyOf(tests);
    }

    /** The same policy, counting. */
    Policy enforced() {
        return new Policy(name, at, Mode.ENFORCE, appliesTo, when, request, response, models, nodes, tests);
    }

    /** Whether a policy counts. */
    public enum Mode {
        /** The policy counts. */
        ENFORCE,
        /** The policy changes nothing; what it would have done is reported. */
        OBSERVE
    }

    /**
     * Whom a policy is for: whoever is in each of the three lists, where an empty list holds everybody.
     *
     * @param projects by id, or by path where two teams have one of the same id
     * @param keys ids of API keys
     */
    public record AppliesTo(
            @Key(value = "Ids of teams; all where absent", filled = true)
            Set<String> teams,

            @Key(value = "Projects as project or team/project; all where absent", filled = true)
            Set<String> projects,

            @Key(value = "Ids of API keys; all callers where absent", filled = true)
            Set<String> keys) {
        public AppliesTo {
            teams = Set.copyOf(teams);
            projects = Set.copyOf(projects);
            keys = Set.copyOf(keys);
        }

        boolean covers(DecisionRequest request) {
            String path = request.team() + "/" + request.project();
            boolean byKey = request.kind() == DecisionRequest.CallerKind.KEY && keys.contains(request.callerId());
            return (teams.isEmpty() || teams.contains(request.team()))
                    && (projects.isEmpty() || projects.contains(request.project()) || projects.contains(path))
                    && (keys.isEmpty() || byKey);
        }
    }

    /** What is done to findings in requests. */
    public record RequestRules(
            @Key(value = "For types that are not named", name = "default", fallback = "allow")
            Action otherwise,

            @OtherKeys Map<EntityType, Action> actions) {
        public RequestRules {
            actions = copy(actions);
        }
    }

    /**
     * What is done to findings in answers.
     *
     * @param restore whether our own surrogates become the values again
     */
    public record ResponseRules(
            @Key(value = "Whether surrogates become the values again", fallback = "true")
            boolean restore,

            @Key(value = "For types that are not named", name = "default", fallback = "allow")
            Action otherwise,

            @OtherKeys Map<EntityType, Action> actions) {
        public ResponseRules {
            actions = copy(actions);
        }
    }

    private static Map<EntityType, Action> copy(Map<EntityType, Action> actions) {
        return actions.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(actions));
    }

    /** Which models may be used, and how long their answers may be. */
    public record ModelRules(
            @Key(value = "Names of models, * for any characters; all where absent", filled = true)
            List<Glob> allow,

            @Key(value = "Output cap in tokens; the model's where absent", min = 1) @Nullable
            Integer maxOutputTokens) {
        public ModelRules {
            allow = List.copyOf(allow);
        }

        boolean allows(String model) {
            return allow.isEmpty() || allow.stream().anyMatch(glob -> glob.matches(model));
        }
    }

    /** Which nodes may be used. */
    public record NodeRules(
            @Key(value = "Zones of nodes; all where absent", filled = true)
            Set<String> zones) {
        public NodeRules {
            zones = Set.copyOf(zones);
            Names.requireNames("zones", zones);
        }
    }
}
