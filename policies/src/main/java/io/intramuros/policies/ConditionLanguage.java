// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.AstDepthLimitValidator;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;

/** The part of CEL that conditions may use: typed variables, no messages, no unbounded work. */
final class ConditionLanguage {
    /** Longest source, in code points. */
    private static final int MAX_SOURCE = 4_096;

    private static final int MAX_NODES = 1_000;
    private static final int MAX_DEPTH = 64;
    /** Of all comprehensions in one evaluation. There are 32 types to go through. */
    private static final int MAX_ITERATIONS = 2_000;
    /** Of a regular expression, in RE2 instructions. Expressions run in linear time. */
    private static final int MAX_REGEX = 500;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_SOURCE)
            .maxParseExpressionNodeCount(MAX_NODES)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_REGEX)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final Cel CEL = CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("caller.kind", SimpleType.STRING)
            .addVar("caller.id", SimpleType.STRING)
            .addVar("caller.team", SimpleType.STRING)
            .addVar("caller.project", SimpleType.STRING)
            .addVar("model", SimpleType.STRING)
            .addVar("stream", SimpleType.BOOL)
            .addVar("now", SimpleType.TIMESTAMP)
            .addVar("findings", MapType.create(SimpleType.STRING, SimpleType.INT))
            .setResultType(SimpleType.BOOL)
            .build();

    private static final CelValidator LITERALS = CelValidatorFactory.standardCelValidatorBuilder(CEL)
            .addAstValidators(
                    RegexLiteralValidator.INSTANCE,
                    TimestampLiteralValidator.INSTANCE,
                    DurationLiteralValidator.INSTANCE,
                    AstDepthLimitValidator.newInstance(MAX_DEPTH))
            .build();

    private ConditionLanguage() {}

    static CelAbstractSyntaxTree check(String source) throws CelValidationException {
        CelAbstractSyntaxTree tree = CEL.compile(source).getAst();
        return LITERALS.validate(tree).getAst();
    }

    static CelRuntime.Program program(CelAbstractSyntaxTree tree) throws CelEvaluationException {
        return CEL.createProgram(tree);
    }

    /** What is wrong, without the drawing of the source that CEL adds. */
    static String oneLine(Exception wrong) {
        if (!(wrong instanceof CelValidationException invalid)) return String.valueOf(wrong.getMessage());
        StringBuilder text = new StringBuilder();
        for (CelIssue issue : invalid.getErrors()) {
            if (!text.isEmpty()) text.append("; ");
            text.append(issue.getMessage().lines().findFirst().orElse("not CEL"));
            text.append(" (line ").append(issue.getSourceLocation().getLine());
            text.append(", column ").append(issue.getSourceLocation().getColumn() + 1);
            text.append(" of the expression)");
        }
        return text.toString();
    }
}
