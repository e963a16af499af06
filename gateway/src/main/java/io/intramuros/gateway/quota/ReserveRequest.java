// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.util.List;

/**
 * What an exchange asks of the ledger before it may go on.
 *
 * @param id the exchange's id; never used twice
 * @param scopes the levels it counts at, see {@link Scope#path}
 * @param model the model it is for
 * @param limits the limits that may hold it back; those of other scopes and models are left out
 * @param estimate the prompt's tokens, the cap of the answer, and what both would cost
 */
public record ReserveRequest(String id, List<Scope> scopes, String model, List<Limit> limits, Usage estimate) {
    /** Copies the lists. */
    public ReserveRequest {
        if (id.isEmpty()) throw new IllegalArgumentException("id: empty (expected: the exchange's id)");
        scopes = List.copyOf(scopes);
        limits = List.copyOf(limits);
    }
}
