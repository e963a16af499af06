// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.dialect.NodeKinds;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Forward;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.NodeKind;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Planned;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import io.intramuros.gateway.node.Router;
import io.intramuros.gateway.node.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Step 8: picks the replicas to try. */
public final class Route implements Step {
    private final Router router;
    private final NodeKinds kinds;

    public Route(Router router, NodeKinds kinds) {
        this.router = router;
        this.kinds = kinds;
    }

    @Override
    public Outcome take(Exchange exchange) {
        List<Target> targets = router.route(
                exchange.found().model.get(), exchange.found().decision.get().zones());
        if (targets.isEmpty())
            return new Refusal(
                    ErrorCode.NO_NODE, "No node in a zone that the policies allow serves this model at the moment.");
        return plan(exchange, targets);
    }

    /** Leaves out the replicas whose kind has no words for the request; where none is left, says for which field. */
    private Outcome plan(Exchange exchange, List<Target> targets) {
        Map<NodeKind, Forward> forwards = new HashMap<>();
        List<Planned> planned = new ArrayList<>();
        @Nullable Refusal refused = null;
        for (Target target : targets) {
            NodeKind kind = kinds.of(target.type(), target.engine());
            try {
                Forward forward = forwards.get(kind);
                if (forward == null) forward = kind.forward(exchange);
                forwards.put(kind, forward);
                planned.add(new Planned(target, forward));
            } catch (InexpressibleException e) {
                refused = e.refusal();
            }
        }
        if (planned.isEmpty() && refused != null) return refused;
        exchange.found().targets.set(List.copyOf(planned));
        exchange.found().node.set(planned.getFirst().target().node());
        return Onward.ONWARD;
    }
}
