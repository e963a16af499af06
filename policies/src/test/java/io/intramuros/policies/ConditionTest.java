// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static io.intramuros.policies.Samples.faults;
import static io.intramuros.policies.Samples.found;
import static io.intramuros.policies.Samples.policy;
import static io.intramuros.policies.Samples.request;
import static io.intramuros.policies.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caller.kind == 'key' | true",
                "caller.kind == 'oauth' | false",
                "caller.id == 'k1' && caller.team == 'payments' && caller.project == 'web' | true",
                "model.startsWith('qwen') | true",
                "model.matches('^qwen-[0-9]+b$') | true",
                "stream | false",
                "now < timestamp('2026-03-05T00:00:00Z') | true",
                "now.getHours() == 12 | true",
                "now.getHours('Europe/Madrid') == 13 | true",
                "now.getDayOfWeek() in [0, 6] | false",
                "findings.EMAIL == 0 && findings['PHONE'] == 2 | true",
                "findings.exists(type, findings[type] > 1) | true",
                "findings.all(type, findings[type] < 2) | false",
            })
    void ask_trueOrFalse_decidesWhetherThePolicyCounts(String condition, boolean counts) {
        PolicySet set = set(policy("a", "when: \"" + condition + "\"\n"));

        assertThat(set.decide(found(EntityType.PHONE, 2)).policies().contains("a"))
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "caller.tem == 'x' | undeclared reference",
                "caller.kind == 1 | found no matching overload",
                "model | expected type 'bool' but found 'string'",
                "findings.EMIAL > 0 | findings.EMIAL: unknown type (did you mean \"EMAIL\"?)",
                "findings['EMIAL'] > 0 | findings.EMIAL: unknown type (did you mean \"EMAIL\"?)",
                "'EMAIL' in findings | asks whether a type is there (expected: its count, as findings.EMAIL > 0)",
                "has(findings.EMAIL) | asks whether a type is there (expected: its count, as findings.EMAIL > 0)",
                "model.matches('[a') | ",
                "now > timestamp('yesterday') | ",
                "model == | ",
                "exec('rm') | undeclared reference",
            })
    void read_wrongCondition_isRefusedAtItsPlace(String condition, String part) {
        assertThat(faults(policy("a", "mode: enforce\nwhen: \"" + condition + "\"\n")))
                .singleElement()
                .asString()
                .startsWith("f1.yaml:6:9: when: ")
                .contains(part == null ? "(line 1, column " : part)
                .doesNotContain("\n");
    }

    @Test
    void read_hugeCondition_isRefused() {
        assertThat(faults(policy("a", "when: \"" + "stream || ".repeat(500) + "stream\"\n")))
                .singleElement()
                .asString()
                .contains("when: ");
    }

    @Test
    void read_deepCondition_isRefused() {
        assertThat(faults(policy("a", "when: \"" + "(".repeat(500) + "stream" + ")".repeat(500) + "\"\n")))
                .singleElement()
                .asString()
                .contains("when: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 / (size(caller.id) - 2) == 1",
                "int(caller.id) == 1",
                "findings[model] > 0",
                "findings.all(a, findings.all(b, findings.all(c, findings[a] >= 0)))",
            })
    void decide_conditionCannotBeEvaluated_denies(String condition) {
        Decision decision = set(policy("a", "when: \"" + condition + "\"\n")).decide(request());

        assertThat(decision.verdict())
                .isEqualTo(new Verdict.Deny(Verdict.Code.POLICY_BLOCKED, Verdict.POLICY_ERROR, "a"));
    }

    @Test
    void decide_observedConditionCannotBeEvaluated_isOnlyReported() {
        Decision decision =
                set(policy("a", "mode: observe\nwhen: int(caller.id) == 1\n")).decide(request());

        assertThat(decision.verdict()).isEqualTo(new Verdict.Allow());
        assertThat(decision.observed())
                .extracting(Decision.Observation::verdict)
                .containsExactly(new Verdict.Deny(Verdict.Code.POLICY_BLOCKED, Verdict.POLICY_ERROR, "a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stream | false",
                "findings.EMAIL > 0 | true",
                "findings.exists(type, findings[type] > 0) | true",
                "model == 'findings' | false",
            })
    void needsFindings_conditions_saysWhetherOneReadsThem(String condition, boolean needs) {
        assertThat(set(policy("a", "when: \"" + condition + "\"\n")).needsFindings())
                .isEqualTo(needs);
    }
}
