// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.Usage;
import io.intramuros.policies.Model;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What use costs. A price for a million tokens is a price in micro-units for one. */
final class Prices {
    private Prices() {}

    /** The cost in micro-units of the model's currency, rounded up; 0 where the model has no price. */
    static long micros(Model model, Usage usage) {
        Model.Cost cost = model.cost();
        if (cost == null) return 0;
        BigDecimal in = cost.inputPerMillion().multiply(BigDecimal.valueOf(usage.in()));
        BigDecimal out = cost.outputPerMillion().multiply(BigDecimal.valueOf(usage.out()));
        return in.add(out).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
