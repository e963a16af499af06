// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static io.intramuros.policies.Samples.found;
import static io.intramuros.policies.Samples.policy;
import static io.intramuros.policies.Samples.request;
import static io.intramuros.policies.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicySetTest {
    private static final Verdict ALLOW = new Verdict.Allow();

    @Test
    void decide_noPolicies_allowsAndDoesNothing() {
        Decision decision = set().decide(request());

        assertThat(decision.verdict()).isEqualTo(ALLOW);
        assertThat(decision.request().actionFor(EntityType.SECRET)).isEqualTo(Action.ALLOW);
        assertThat(decision.restore()).isTrue();
        assertThat(decision.maxOutputTokens()).isEqualTo(OptionalInt.empty());
        assertThat(decision.zones()).isEmpty();
    }

    @Test
    void decide_severalPolicies_takesTheStrictestOfEach() {
        PolicySet set = set(policy("a", """
                        request: { default: pseudonymize, EMAIL: mask, PHONE: hash, IP: encrypt, URL: synthesize }
                        response: { SECRET: mask }
                        models: { maxOutputTokens: 500 }
                        nodes: { zones: [x, y] }
                        """), policy("b", """
                        request: { default: allow, EMAIL: hash, PHONE: encrypt, IP: synthesize, URL: pseudonymize, DATE: block }
                        response: { restore: false, EMAIL: hash }
                        models: { maxOutputTokens: 300 }
                        nodes: { zones: [y, z] }
                        """), policy("c", "models: { maxOutputTokens: 400 }\n"));

        Decision decision = set.decide(request());

        assertThat(decision.policies()).containsExactly("a", "b", "c");
        assertThat(decision.request().actionFor(EntityType.EMAIL)).isEqualTo(Action.MASK);
        assertThat(decision.request().actionFor(EntityType.PHONE)).isEqualTo(Action.HASH);
        assertThat(decision.request().actionFor(EntityType.IP)).isEqualTo(Action.ENCRYPT);
        assertThat(decision.request().actionFor(EntityType.URL)).isEqualTo(Action.SYNTHESIZE);
        assertThat(decision.request().actionFor(EntityType.DATE)).isEqualTo(Action.BLOCK);
        assertThat(decision.request().actionFor(EntityType.PERSON)).isEqualTo(Action.PSEUDONYMIZE);
        assertThat(decision.response().actionFor(EntityType.SECRET)).isEqualTo(Action.MASK);
        assertThat(decision.response().actionFor(EntityType.EMAIL)).isEqualTo(Action.HASH);
        assertThat(decision.response().actionFor(EntityType.PERSON)).isEqualTo(Action.ALLOW);
        assertThat(decision.restore()).isFalse();
        assertThat(decision.maxOutputTokens()).hasValue(300);
        assertThat(decision.zones()).isEqualTo(Set.of("y"));
    }

    @Test
    void decide_noCommonZone_denies() {
        Decision decision = set(policy("a", "nodes: { zones: [x] }\n"), policy("b", "nodes: { zones: [y] }\n"))
                .decide(request());

        assertThat(decision.verdict()).isEqualTo(new Verdict.Deny(Verdict.Code.POLICY_BLOCKED, Verdict.ZONES, "b"));
    }

    @Test
    void decide_modelOutsideOneOfTwoLists_denies() {
        PolicySet set = set(
                policy("a", "models: { allow: ['qwen*', llama] }\n"),
                policy("b", "models: { allow: [llama, gemma] }\n"));

        assertThat(set.decide(request()).verdict())
                .isEqualTo(new Verdict.Deny(Verdict.Code.MODEL_NOT_ALLOWED, Verdict.MODEL, "b"));
        assertThat(set.decide(model("llama")).verdict()).isEqualTo(ALLOW);
        assertThat(set.decide(model("gemma")).verdict())
                .isEqualTo(new Verdict.Deny(Verdict.Code.MODEL_NOT_ALLOWED, Verdict.MODEL, "a"));
    }

    @Test
    void decide_blockedTypeFound_deniesBecauseOfIt() {
        PolicySet set = set(policy("a", "request: { CREDIT_CARD: block }\n"));

        assertThat(set.decide(request()).verdict()).isEqualTo(ALLOW);
        assertThat(set.decide(found(EntityType.CREDIT_CARD, 0)).verdict()).isEqualTo(ALLOW);
        assertThat(set.decide(found(EntityType.EMAIL, 3)).verdict()).isEqualTo(ALLOW);
        assertThat(set.decide(found(EntityType.CREDIT_CARD, 1)).verdict())
                .isEqualTo(new Verdict.Deny(Verdict.Code.POLICY_BLOCKED, "CREDIT_CARD", "a"));
    }

    @ParameterizedTest
    @CsvSource({
        "{ teams: [payments] }, true",
        "{ teams: [other] }, false",
        "'{ teams: [other, payments] }', true",
        "{ projects: [web] }, true",
        "{ projects: [payments/web] }, true",
        "{ projects: [other/web] }, false",
        "{ keys: [k1] }, true",
        "{ keys: [k2] }, false",
        "'{ teams: [payments], projects: [app] }', false",
        "'{ teams: [payments], projects: [web], keys: [k1] }', true",
    })
    void decide_appliesTo_mustHoldInEachList(String appliesTo, boolean applies) {
        Decision decision = set(policy("a", "appliesTo: " + appliesTo + "\n")).decide(request());

        assertThat(decision.policies().contains("a")).isEqualTo(applies);
    }

    @Test
    void decide_keysOfAPolicy_doNotCoverAnOauthClientOfTheSameId() {
        DecisionRequest client = new DecisionRequest(
                DecisionRequest.CallerKind.OAUTH, "k1", "payments", "web", "m", Samples.NOON, Map.of(), false);

        assertThat(set(policy("a", "appliesTo: { keys: [k1] }\n"))
                        .decide(client)
                        .policies())
                .isEmpty();
    }

    @Test
    void decide_observedPolicy_changesNothingAndIsReported() {
        PolicySet set = set(policy("base", "request: { EMAIL: mask }\n"), policy("trial", """
                        mode: observe
                        request: { EMAIL: pseudonymize, PHONE: block }
                        response: { restore: false }
                        models: { allow: [llama], maxOutputTokens: 1 }
                        nodes: { zones: [x] }
                        """));

        Decision decision = set.decide(found(EntityType.PHONE, 1));

        assertThat(decision.policies()).containsExactly("base");
        assertThat(decision.verdict()).isEqualTo(ALLOW);
        assertThat(decision.restore()).isTrue();
        assertThat(decision.zones()).isEmpty();
        assertThat(decision.maxOutputTokens()).isEmpty();
        assertThat(decision.request().actionFor(EntityType.PHONE)).isEqualTo(Action.ALLOW);
        assertThat(decision.observed())
                .containsExactly(new Decision.Observation(
                        "trial",
                        new Verdict.Deny(Verdict.Code.MODEL_NOT_ALLOWED, Verdict.MODEL, "trial"),
                        Map.of(EntityType.PHONE, Action.BLOCK)));
    }

    @Test
    void decide_observedPolicyBeforeDetection_namesAllStricterTypes() {
        PolicySet set = set(
                policy("base", "request: { EMAIL: mask }\n"),
                policy("trial", "mode: observe\nrequest: { EMAIL: hash, PHONE: hash, SECRET: block }\n"));

        assertThat(set.decide(request()).observed())
                .containsExactly(new Decision.Observation(
                        "trial", ALLOW, Map.of(EntityType.PHONE, Action.HASH, EntityType.SECRET, Action.BLOCK)));
    }

    @Test
    void version_sameContentWrittenOtherwise_isTheSame() {
        String written = policy("a", "request: { EMAIL: mask, PHONE: hash }\nmode: enforce\n");
        String otherwise = policy("a", "# comment\nrequest:\n  PHONE: hash\n  EMAIL: \"mask\"\n");

        assertThat(set(otherwise).version()).isEqualTo(set(written).version()).matches("p-[0-9a-f]{12}");
        assertThat(set(written).digest())
                .hasSize(64)
                .startsWith(set(written).version().substring(2));
    }

    @ParameterizedTest
    @CsvSource({
        "'request: { EMAIL: hash }'",
        "'request: { PHONE: mask }'",
        "'request: { EMAIL: mask, default: hash }'",
        "'response: { EMAIL: mask }'",
        "'request: { EMAIL: mask }\nmode: observe'",
        "'request: { EMAIL: mask }\nwhen: stream'",
        "'request: { EMAIL: mask }\nmodels: { allow: [x] }'",
        "'request: { EMAIL: mask }\nappliesTo: { teams: [x] }'",
    })
    void version_otherContent_differs(String spec) {
        String first = set(policy("a", "request: { EMAIL: mask }\n")).version();

        assertThat(set(policy("a", spec + "\n")).version()).isNotEqualTo(first);
    }

    @Test
    void version_otherName_differs() {
        assertThat(set(policy("a", "{}\n")).version())
                .isNotEqualTo(set(policy("b", "{}\n")).version());
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** Adding a policy never lets more through: every part of the decision is at least as strict as before. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decide_onePolicyMore_neverLetsMoreThrough(int seed) {
        Random random = new Random(seed);
        String[] specs = {spec(random), spec(random), spec(random)};
        DecisionRequest asked = found(any(random, List.of(EntityType.values())), 1);
        Decision fewer = set(policy("a", specs[0]), policy("b", specs[1])).decide(asked);
        Decision more = set(policy("a", specs[0]), policy("b", specs[1]), policy("c", specs[2]))
                .decide(asked);

        for (EntityType type : EntityType.values()) {
            assertThat(Strictness.isStricter(
                            fewer.request().actionFor(type), more.request().actionFor(type)))
                    .as("request action of %s", type)
                    .isFalse();
        }
        assertThat(more.maxOutputTokens().orElse(Integer.MAX_VALUE))
                .isLessThanOrEqualTo(fewer.maxOutputTokens().orElse(Integer.MAX_VALUE));
        assertThat(more.restore() && !fewer.restore()).isFalse();
        assertThat(more.verdict().equals(ALLOW) && !fewer.verdict().equals(ALLOW))
                .isFalse();
        if (!fewer.zones().isEmpty() && more.verdict().equals(ALLOW))
            assertThat(fewer.zones()).containsAll(more.zones());
    }

    private static String spec(Random random) {
        StringBuilder spec = new StringBuilder("request: { default: " + action(random));
        for (EntityType type : EntityType.values())
            if (random.nextInt(4) == 0)
                spec.append(", ").append(type).append(": ").append(action(random));
        spec.append(" }\nresponse: { restore: ").append(random.nextInt(4) > 0).append(" }\n");
        if (random.nextBoolean())
            spec.append("models: { allow: ['qwen*', x")
                    .append(random.nextInt(3))
                    .append("] }\n");
        else
            spec.append("models: { maxOutputTokens: ")
                    .append(1 + random.nextInt(9))
                    .append(" }\n");
        if (random.nextBoolean())
            spec.append("nodes: { zones: [z").append(random.nextInt(2)).append(", z2] }\n");
        return spec.toString();
    }

    private static String action(Random random) {
        Action action = any(random, List.of(Action.values()));
        return action.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static <T> T any(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static DecisionRequest model(String model) {
        return new DecisionRequest(
                DecisionRequest.CallerKind.KEY, "k1", "payments", "web", model, Samples.NOON, Map.of(), false);
    }
}
