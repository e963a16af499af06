// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import io.intramuros.gateway.node.Router;
import io.intramuros.gateway.node.Target;
import java.util.List;

/** Step 8: picks the replicas to try. */
public final class Route implements Step {
    private final Router router;

    public Route(Router router) {
        this.router = router;
    }

    @Override
    public Outcome take(Exchange exchange) {
        List<Target> targets = router.route(
                exchange.found().model.get(), exchange.found().decision.get().zones());
        if (targets.isEmpty())
            return new Refusal(
                    ErrorCode.NO_NODE, "No node in a zone that the policies allow serves this model at the moment.");
        exchange.found().targets.set(targets);
        exchange.found().node.set(targets.getFirst().node());
        return Onward.ONWARD;
    }
}
