// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Canonical;
import io.intramuros.policies.yaml.ConfigurationException;
import io.intramuros.policies.yaml.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All policies, checked, with a version that is the digest of what they say: the same policies have the same version on
 * every gateway, whatever files they stand in. Immutable, and its answers depend on nothing but the question.
 */
public final class PolicySet {
    private static final int SHORT_DIGITS = 12;

    private final List<CompiledPolicy> policies;
    private final String digest;

    private PolicySet(List<CompiledPolicy> policies) {
        this.policies = List.copyOf(policies);
        this.digest = digest(policies);
    }

    /**
     * Checks policies and puts them together, in their order.
     *
     * @throws ConfigurationException where a condition is wrong
     */
    public static PolicySet compile(List<Policy> policies) {
        Problems problems = new Problems();
        PolicySet set = compile(policies, problems);
        problems.throwIfAny();
        return set;
    }

    /** The set of those policies that are right; what is wrong with the others goes to {@code problems}. */
    static PolicySet compile(List<Policy> policies, Problems problems) {
        List<CompiledPolicy> compiled = new ArrayList<>();
        for (Policy policy : policies) {
            try {
                compiled.add(CompiledPolicy.of(policy));
            } catch (ConditionException wrong) {
                Expression when = policy.when();
                problems.add(when == null ? policy.at() : when.at(), "when: " + wrong.getMessage());
            }
        }
        return new PolicySet(compiled);
    }

    /** What the policies say of a request. */
    public Decision decide(DecisionRequest request) {
        Map<CompiledPolicy, Condition.Answer> matching = new LinkedHashMap<>();
        for (CompiledPolicy policy : policies) {
            Condition.Answer answer = policy.matches(request);
            if (answer != Condition.Answer.NO) matching.put(policy, answer);
        }
        return new Combination(version(), request, matching).decision();
    }

    /** Whether a condition reads what was found, so that {@link #decide} must be asked again after detection. */
    public boolean needsFindings() {
        return policies.stream().anyMatch(CompiledPolicy::readsFindings);
    }

    /** The policies, in the order in which they are asked. */
    public List<Policy> policies() {
        return policies.stream().map(CompiledPolicy::policy).toList();
    }

    /** {@code p-} and the first 12 digits of {@link #digest}. */
    public String version() {
        return "p-" + digest.substring(0, SHORT_DIGITS);
    }

    /** SHA-256 of what the policies say, in 64 lower-case hexadecimal digits. Their tests and places do not count. */
    public String digest() {
        return digest;
    }

    private static String digest(List<CompiledPolicy> policies) {
        Map<String, String> said = new LinkedHashMap<>();
        policies.forEach(compiled -> said.put(compiled.name(), Canonical.text(compiled.policy())));
        try {
            byte[] canonical = Canonical.text(said).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
