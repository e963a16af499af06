// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.oauth;

import java.net.URI;
import java.util.Map;

/**
 * An issuer whose access tokens count.
 *
 * @param issuer the exact {@code iss}
 * @param jwksUri where its public keys are
 * @param audience the exact {@code aud} that a token must be for
 * @param clients the seat of each client id; a client that is not here has none
 */
public record TrustedIssuer(String issuer, URI jwksUri, String audience, Map<String, Seat> clients) {
    /** A client's place in the tree. */
    public record Seat(String team, String project) {}

    public TrustedIssuer {
        clients = Map.copyOf(clients);
    }
}
