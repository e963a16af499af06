// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Given;
import io.intramuros.policies.yaml.Key;
import io.intramuros.policies.yaml.Place;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may sign access tokens for the data plane and the console.
 *
 * @param issuer equals the token's {@code iss}
 * @param audience must be among the token's {@code aud}
 */
public record Issuer(
        @Given String name,
        Place at,

        @Key("Must equal the token's iss; its host becomes a declared address")
        URI issuer,

        @Key("Where the issuer's keys are; its host becomes a declared address")
        URI jwksUri,

        @Key("Must be among the token's aud") String audience,

        @Key("Clients that call the data plane, with their place in the tree")
        List<Client> clients,

        @Key("How the console's roles follow from a claim") @Nullable
        Roles roles) {
    /** An OAuth2 client and its place in the tree. */
    public record Client(
            @Key("The token's client_id or azp") String clientId,
            @Key("The client's team") String team,

            @Key(value = "The client's project", fallback = "default")
            String project) {
        public Client {
            if (clientId.isBlank()) throw new IllegalArgumentException("clientId: blank (expected: an id)");
            Names.requireName("team", team);
            Names.requireName("project", project);
        }
    }

    /**
     * Roles by the values of a claim.
     *
     * @param map a claim's value to the role that it gives
     */
    public record Roles(
            @Key("The claim that holds groups") String claim,
            @Key("A group to the role that it gives") Map<String, Role> map) {
        public Roles {
            map = Map.copyOf(map);
        }
    }

    /** What somebody may do in the console and the admin API. */
    public enum Role {
        ORG_ADMIN,
        TEAM_ADMIN,
        MEMBER,
        AUDITOR
    }

    public Issuer {
        clients = List.copyOf(clients);
        Urls.requireHttp("issuer", issuer);
        Urls.requireHttp("jwksUri", jwksUri);
        if (audience.isBlank()) throw new IllegalArgumentException("audience: blank (expected: this gateway's name)");
        if (clients.stream().map(Client::clientId).distinct().count() < clients.size())
            throw new IllegalArgumentException("clients: a clientId stands twice (expected: each once)");
    }
}
