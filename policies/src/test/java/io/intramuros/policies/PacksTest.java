// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacksTest {
    private static final Set<EntityType> HARMLESS = Set.of(EntityType.DATE, EntityType.AGE);

    @ParameterizedTest
    @EnumSource(EntityType.class)
    void gdprDefault_everyTypeInRequests_isTakenOutUnlessHarmless(EntityType type) {
        Action action = decide("gdpr-default").request().actionFor(type);

        assertThat(action == Action.ALLOW).isEqualTo(HARMLESS.contains(type));
    }

    @Test
    void gdprDefault_answers_areRestoredAndShowNoSecrets() {
        Decision decision = decide("gdpr-default");

        assertThat(decision.restore()).isTrue();
        assertThat(decision.response().actionFor(EntityType.PERSON)).isEqualTo(Action.ALLOW);
        assertThat(decision.response().actionFor(EntityType.SECRET)).isEqualTo(Action.MASK);
    }

    @Test
    void pci_onTopOfGdpr_cardsCannotComeBackInEitherDirection() {
        Decision decision = decide("gdpr-default", "pci");

        assertThat(decision.request().actionFor(EntityType.CREDIT_CARD)).isEqualTo(Action.MASK);
        assertThat(decision.response().actionFor(EntityType.CREDIT_CARD)).isEqualTo(Action.MASK);
        assertThat(decision.request().actionFor(EntityType.PERSON)).isEqualTo(Action.PSEUDONYMIZE);
    }

    @ParameterizedTest
    @EnumSource(EntityType.class)
    void hipaa18_everyType_isMaskedInBothDirectionsAndNotRestored(EntityType type) {
        Decision decision = decide("hipaa-18");

        assertThat(decision.request().actionFor(type)).isEqualTo(Action.MASK);
        assertThat(decision.response().actionFor(type)).isEqualTo(Action.MASK);
        assertThat(decision.restore()).isFalse();
    }

    @Test
    void developerSecrets_onTopOfGdpr_blocksSecretsAndKeepsTheRest() {
        Decision decision = decide("gdpr-default", "developer-secrets");

        assertThat(decision.policies()).containsExactly("gdpr-default", "developer-secrets");
        assertThat(decision.request().actionFor(EntityType.SECRET)).isEqualTo(Action.BLOCK);
        assertThat(decision.request().actionFor(EntityType.EMAIL)).isEqualTo(Action.PSEUDONYMIZE);
    }

    private static Decision decide(String... packs) {
        return ResourceSet.load(List.of(), List.of(packs)).policies().decide(Samples.request());
    }
}
