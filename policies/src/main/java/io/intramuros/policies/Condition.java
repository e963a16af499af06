// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.intramuros.redaction.EntityType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A checked condition. Safe for use by several threads at once. */
final class Condition {
    private final CelRuntime.Program program;
    private final boolean findingsRead;

    private Condition(CelRuntime.Program program, boolean findingsRead) {
        this.program = program;
        this.findingsRead = findingsRead;
    }

    /** What a condition says of a request. */
    enum Answer {
        YES,
        NO,
        /** It could not be evaluated. */
        BROKEN
    }

    /**
     * Checks a condition.
     *
     * @throws ConditionException where it is not one
     */
    static Condition compile(String source) throws ConditionException {
        try {
            CelAbstractSyntaxTree tree = ConditionLanguage.check(source);
            boolean findingsRead = FindingsUse.of(tree).isUsed();
            return new Condition(ConditionLanguage.program(tree), findingsRead);
        } catch (CelValidationException | CelEvaluationException wrong) {
            throw new ConditionException(ConditionLanguage.oneLine(wrong), wrong);
        }
    }

    /** Whether the answer depends on what was found. */
    boolean readsFindings() {
        return findingsRead;
    }

    Answer ask(DecisionRequest request) {
        try {
            return Boolean.TRUE.equals(program.eval(variables(request))) ? Answer.YES : Answer.NO;
        } catch (CelEvaluationException broken) {
            // Its message may quote the caller's values, so it goes nowhere.
            return Answer.BROKEN;
        }
    }

    private static Map<String, Object> variables(DecisionRequest request) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("caller.kind", request.kind().name().toLowerCase(Locale.ROOT));
        variables.put("caller.id", request.callerId());
        variables.put("caller.team", request.team());
        variables.put("caller.project", request.project());
        variables.put("model", request.model());
        variables.put("stream", request.stream());
        variables.put("now", request.now());
        variables.put("findings", counts(request));
        return variables;
    }

    /** A count for every type, so that looking one up never fails. */
    private static Map<String, Long> counts(DecisionRequest request) {
        Map<String, Long> counts = new HashMap<>();
        for (EntityType type : EntityType.values())
            counts.put(type.name(), (long) request.findings().getOrDefault(type, 0));
        return counts;
    }
}
