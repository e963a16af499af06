// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Given;
import io.intramuros.policies.yaml.Key;
import io.intramuros.policies.yaml.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that nodes serve.
 *
 * @param replicas at least one, each on another node
 * @param context the longest prompt and answer together, in tokens
 * @param aliases further names that clients may ask for
 * @param maxOutputTokens the cap where neither the request nor a policy gives one
 */
public record Model(
        @Given String name,
        Place at,

        @Key(value = "The nodes that serve the model", filled = true)
        List<Replica> replicas,

        @Key(value = "Longest prompt and answer together, in tokens", min = 1, max = 100_000_000)
        int context,

        @Key(value = "What the model can do", fallback = "chat,completion", filled = true)
        Set<Capability> capabilities,

        @Key("Further names that clients may ask for") List<String> aliases,

        @Key("What the model's use is charged at") @Nullable Cost cost,

        @Key(value = "Output cap where neither request nor policy gives one, in tokens", fallback = "4096", min = 1)
        int maxOutputTokens) {

    /** What a model can do. */
    public enum Capability {
        CHAT,
        COMPLETION,
        EMBEDDING,
        RERANK,
        CLASSIFY,
        TOOLS,
        INSERT
    }

    /**
     * One node's copy.
     *
     * @param as the name that the node knows the model by; null where it is the model's own
     */
    public record Replica(
            Place at,

            @Key("The name of a Node") String node,

            @Key("The name that the node knows the model by; the model's own where absent") @Nullable
            String as) {}

    /**
     * Prices for a million tokens.
     *
     * @param currency three letters of ISO 4217
     */
    public record Cost(
            @Key(value = "Price of a million prompt tokens", min = 0)
            BigDecimal inputPerMillion,

            @Key(value = "Price of a million output tokens", min = 0)
            BigDecimal outputPerMillion,

            @Key("ISO 4217 code") String currency) {
        private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

        public Cost {
            if (!CODE.matcher(currency).matches())
                throw new IllegalArgumentException("currency: \"" + currency + "\" (expected: three capitals, as EUR)");
        }
    }

    public Model {
        replicas = List.copyOf(replicas);
        capabilities = Set.copyOf(capabilities);
        aliases = List.copyOf(aliases);
        if (replicas.isEmpty()) throw new IllegalArgumentException("replicas: none (expected: at least one)");
        long nodes = replicas.stream().map(Replica::node).distinct().count();
        if (nodes < replicas.size())
            throw new IllegalArgumentException("replicas: a node stands twice (expected: each once)");
        aliases.forEach(alias -> Names.requireModel("aliases", alias));
    }

    /** The name by which {@code replica}'s node knows this model. */
    public String nameOn(Replica replica) {
        String own = replica.as();
        return own == null ? name : own;
    }
}
