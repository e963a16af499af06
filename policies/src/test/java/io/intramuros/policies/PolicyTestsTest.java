// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static io.intramuros.policies.Samples.policy;
import static io.intramuros.policies.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.policies.yaml.Problem;
import io.intramuros.redaction.EntityType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PolicyTestsTest {
    static final List<String> PACKS = Packs.names();

    private static final Map<EntityType, Pattern> FORMS = Map.of(
            EntityType.EMAIL, Pattern.compile("[a-z.]+@[a-z.]+"),
            EntityType.CREDIT_CARD, Pattern.compile("4111 1111 1111 1111|5500 0000 0000 0004"),
            EntityType.IBAN, Pattern.compile("ES91[0-9 ]+"),
            EntityType.SECRET, Pattern.compile("AKIA[A-Z0-9]{16}"));

    @ParameterizedTest
    @FieldSource("PACKS")
    void run_packsOwnTests_pass(String pack) {
        PolicyTests.Report report = PolicyTests.run(ResourceSet.load(List.of(), List.of(pack)), PolicyTestsTest::find);

        assertThat(report.results()).isNotEmpty();
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void run_wrongExpectations_areReportedAtTheirLines() {
        String file = policy("p", "request: { EMAIL: mask, CREDIT_CARD: block }\nmodels: { allow: [m] }\n") + """
                tests:
                - { request: { model: m, text: "a@b" }, expect: { verdict: allow, entities: { EMAIL: mask } } }
                - { request: { model: m, text: "a@b" }, expect: { verdict: block } }
                - { request: { model: m, text: "a@b" }, expect: { verdict: allow, entities: { EMAIL: hash } } }
                - { request: { model: m, text: "none" }, expect: { verdict: allow, entities: { EMAIL: mask } } }
                - { request: { model: m, text: "4111 1111 1111 1111" }, expect: { verdict: block, because: EMAIL } }
                - { request: { model: other }, expect: { verdict: block, because: model } }
                - { request: { model: other }, expect: { verdict: allow } }
                """;

        PolicyTests.Report report = PolicyTests.run(read(file), PolicyTestsTest::find);

        assertThat(report.results()).hasSize(7);
        assertThat(report.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "f1.yaml:9:3: test of policy p: says allow (expected: block)",
                        "f1.yaml:10:3: test of policy p: does MASK to EMAIL (expected: HASH)",
                        "f1.yaml:11:3: test of policy p: no EMAIL was found (expected: at least one)",
                        "f1.yaml:12:3: test of policy p: says block because CREDIT_CARD (expected: block because EMAIL)",
                        "f1.yaml:14:3: test of policy p: says block (expected: allow)");
    }

    @Test
    void run_callerNotSaid_isOneThatThePolicyIsFor() {
        String file = policy("p", "appliesTo: { teams: [payments], keys: [k9] }\nrequest: { EMAIL: block }\n") + """
                tests:
                - { request: { text: "a@b" }, expect: { verdict: block } }
                - { request: { text: "a@b", team: other }, expect: { verdict: allow } }
                - { request: { text: "a@b", key: k8 }, expect: { verdict: allow } }
                """;

        assertThat(PolicyTests.run(read(file), PolicyTestsTest::find).problems())
                .isEmpty();
    }

    @Test
    void run_observedPolicy_isTestedAsIfEnforced() {
        String file = policy("p", "mode: observe\nrequest: { EMAIL: block }\n")
                + "tests:\n- { request: { text: \"a@b\" }, expect: { verdict: block, because: EMAIL } }\n";

        assertThat(PolicyTests.run(read(file), PolicyTestsTest::find).isPassed())
                .isTrue();
    }

    private static Map<EntityType, Integer> find(String text) {
        Map<EntityType, Integer> found = new EnumMap<>(EntityType.class);
        FORMS.forEach((type, form) ->
                found.put(type, (int) form.matcher(text).results().count()));
        return found;
    }
}
