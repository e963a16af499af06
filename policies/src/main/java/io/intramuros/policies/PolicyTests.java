// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Place;
import io.intramuros.policies.yaml.Problem;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tests that policies carry. A test asks its own policy alone, as if it were enforced: what the whole set says
 * depends on files that the policy's author does not see.
 */
public final class PolicyTests {
    private PolicyTests() {}

    /**
     * What came of one test.
     *
     * @param failure what was expected and what was said instead; empty where the test passed
     */
    public record Result(String policy, Place at, Optional<String> failure) {
        /** Whether the policy said what was expected. */
        public boolean isPassed() {
            return failure.isEmpty();
        }
    }

    /**
     * What came of all tests.
     *
     * @param results in the order of policies and of tests in them
     */
    public record Report(List<Result> results) {
        public Report {
            results = List.copyOf(results);
        }

        /** Whether no test failed. */
        public boolean isPassed() {
            return results.stream().allMatch(Result::isPassed);
        }

        /** The failures, as faults of the files that the tests stand in. */
        public List<Problem> problems() {
            return results.stream()
                    .filter(result -> !result.isPassed())
                    .map(result -> new Problem(
                            result.at(),
                            "test of policy " + result.policy() + ": "
                                    + result.failure().orElseThrow()))
                    .toList();
        }
    }

    /**
     * Runs all tests of a set.
     *
     * @param detector says how many of each type are in a text
     */
    public static Report run(ResourceSet resources, Function<String, Map<EntityType, Integer>> detector) {
        List<Result> results = new ArrayList<>();
        for (Policy policy : resources.policies().policies()) {
            PolicySet alone = PolicySet.compile(List.of(policy.enforced()));
            for (PolicyCase test : policy.tests()) {
                DecisionRequest asked = request(policy, test.request(), detector);
                results.add(new Result(policy.name(), test.at(), failure(test.expect(), asked, alone.decide(asked))));
            }
        }
        return new Report(results);
    }

    private static DecisionRequest request(
            Policy policy, PolicyCase.Asked asked, Function<String, Map<EntityType, Integer>> detector) {
        Policy.AppliesTo whom = policy.appliesTo();
        String project = orFirst(asked.project(), whom.projects());
        String text = asked.text();
        return new DecisionRequest(
                asked.caller(),
                orFirst(asked.key(), whom.keys()),
                asked.team() == null && project.contains("/") ? before(project) : orFirst(asked.team(), whom.teams()),
                project.substring(project.indexOf('/') + 1),
                asked.model(),
                asked.at(),
                text == null ? Map.of() : detector.apply(text),
                asked.stream());
    }

    private static String before(String path) {
        return path.substring(0, path.indexOf('/'));
    }

    private static String orFirst(@Nullable String said, Set<String> allowed) {
        return said != null ? said : allowed.stream().sorted().findFirst().orElse("default");
    }

    private static Optional<String> failure(PolicyCase.Expected expected, DecisionRequest asked, Decision decision) {
        String wanted = expected.verdict() == PolicyCase.Outcome.ALLOW
                ? "allow"
                : expected.because() == null ? "block" : "block because " + expected.because();
        String said = switch (decision.verdict()) {
            case Verdict.Allow _ -> "allow";
            case Verdict.Deny deny -> expected.because() == null ? "block" : "block because " + deny.because();
        };
        if (!said.equals(wanted)) return Optional.of("says " + said + " (expected: " + wanted + ")");
        return expected.entities().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> difference(entry.getKey(), entry.getValue(), asked, decision).stream())
                .findFirst();
    }

    private static Optional<String> difference(
            EntityType type, Action wanted, DecisionRequest asked, Decision decision) {
        if (!asked.found(type)) return Optional.of("no " + type + " was found (expected: at least one)");
        Action done = decision.request().actionFor(type);
        return done == wanted
                ? Optional.empty()
                : Optional.of("does " + done + " to " + type + " (expected: " + wanted + ")");
    }
}
