// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Step;

/** Answers what needs no node, once its quota is taken; what comes after in the list is then left out. */
public final class AnswerHere implements Step {
    @Override
    public Outcome take(Exchange exchange) {
        exchange.endpoint().local(exchange).ifPresent(exchange.found().local::set);
        return Onward.ONWARD;
    }
}
