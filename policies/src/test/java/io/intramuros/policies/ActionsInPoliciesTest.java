// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy can say of actions: each of them, for each type and direction, and nothing that does not exist. */
class ActionsInPoliciesTest {
    private static String lower(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void read_everyAction_isTakenInBothDirections(Action action) {
        Decision decision =
                Samples.set(Samples.policy("p", """
                        request: { default: %1$s, EMAIL: allow }
                        response: { default: allow, SECRET: %1$s }
                        """.formatted(lower(action)))).decide(Samples.request());

        assertThat(decision.request().actionFor(EntityType.PERSON)).isEqualTo(action);
        assertThat(decision.request().actionFor(EntityType.EMAIL)).isEqualTo(Action.ALLOW);
        assertThat(decision.response().actionFor(EntityType.SECRET)).isEqualTo(action);
        assertThat(decision.response().actionFor(EntityType.PERSON)).isEqualTo(Action.ALLOW);
    }

    @Test
    void read_actionThatDoesNotExist_isRefusedAtItsPlace() {
        assertThat(Samples.faults(Samples.policy("p", "request: { EMAIL: tokenize }")))
                .singleElement()
                .asString()
                .startsWith("f1.yaml:5:")
                .contains("tokenize", "synthesize");
    }

    @Test
    void read_typeThatDoesNotExist_isRefusedAtItsPlaceWithTheNearest() {
        assertThat(Samples.faults(Samples.policy("p", "request: { CREDITCARD: mask }")))
                .singleElement()
                .asString()
                .startsWith("f1.yaml:5:")
                .contains("CREDITCARD", "CREDIT_CARD");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void decide_twoPolicies_theStricterActionHolds(Action action) {
        String mild = Samples.policy("mild", "request: { EMAIL: pseudonymize }");
        String other = Samples.policy("other", "request: { EMAIL: %s }".formatted(lower(action)));

        Action done =
                Samples.set(mild, other).decide(Samples.request()).request().actionFor(EntityType.EMAIL);

        assertThat(done).isEqualTo(action == Action.ALLOW ? Action.PSEUDONYMIZE : action);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void decide_policyThatOnlyWatches_changesNoActionAndSaysWhatItWouldHaveDone(Action action) {
        Decision decision = Samples.set(
                        Samples.policy("counts", "request: { EMAIL: pseudonymize }"),
                        Samples.policy("watches", "mode: observe\nrequest: { EMAIL: %s }".formatted(lower(action))))
                .decide(Samples.found(EntityType.EMAIL, 1));

        assertThat(decision.request().actionFor(EntityType.EMAIL)).isEqualTo(Action.PSEUDONYMIZE);
        assertThat(decision.verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(decision.observed()).singleElement().satisfies(observed -> {
            assertThat(observed.policy()).isEqualTo("watches");
            if (action == Action.ALLOW || action == Action.PSEUDONYMIZE)
                assertThat(observed.actions()).isEmpty();
            else assertThat(observed.actions()).containsEntry(EntityType.EMAIL, action);
        });
    }
}
