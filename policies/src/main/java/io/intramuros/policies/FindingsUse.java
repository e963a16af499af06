// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import io.intramuros.policies.yaml.Suggestion;
import io.intramuros.redaction.EntityType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a condition uses {@code findings}. CEL's map type does not know its keys, so a mistyped type would be found only
 * when a request comes; and since a count is there for every type, asking for a key's presence is always true.
 */
final class FindingsUse {
    private static final String VARIABLE = "findings";
    private static final List<String> TYPES =
            Arrays.stream(EntityType.values()).map(EntityType::name).toList();

    private final List<CelExpr> nodes;

    private FindingsUse(List<CelExpr> nodes) {
        this.nodes = nodes;
    }

    static FindingsUse of(CelAbstractSyntaxTree tree) throws ConditionException {
        FindingsUse use = new FindingsUse(CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .toList());
        use.requireKnownTypes();
        return use;
    }

    boolean isUsed() {
        return nodes.stream().anyMatch(FindingsUse::isVariable);
    }

    private void requireKnownTypes() throws ConditionException {
        for (CelExpr node : nodes) {
            if (asksPresence(node))
                throw new ConditionException(
                        "findings: asks whether a type is there (expected: its count, as findings.EMAIL > 0)");
            Optional<String> type = typeLookedUp(node);
            if (type.isPresent() && !TYPES.contains(type.get()))
                throw new ConditionException(
                        "findings." + type.get() + ": unknown type" + Suggestion.of(type.get(), TYPES));
        }
    }

    private static boolean asksPresence(CelExpr node) {
        CelExpr.CelCall call = node.callOrDefault();
        boolean in = call.function().equals("@in") && isVariable(call.args().getLast());
        CelExpr.CelSelect select = node.selectOrDefault();
        return in || (select.testOnly() && isVariable(select.operand()));
    }

    private static Optional<String> typeLookedUp(CelExpr node) {
        CelExpr.CelSelect select = node.selectOrDefault();
        if (isVariable(select.operand())) return Optional.of(select.field());
        CelExpr.CelCall call = node.callOrDefault();
        if (!call.function().equals("_[_]") || !isVariable(call.args().getFirst())) return Optional.empty();
        CelConstant key = call.args().get(1).constantOrDefault();
        return key.getKind() == CelConstant.Kind.STRING_VALUE ? Optional.of(key.stringValue()) : Optional.empty();
    }

    private static boolean isVariable(CelExpr node) {
        return node.identOrDefault().name().equals(VARIABLE);
    }
}
