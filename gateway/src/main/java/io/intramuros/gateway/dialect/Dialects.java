// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The protocols that callers may speak.
 *
 * @param all each of them; the first is what answers where no other is meant
 */
public record Dialects(List<Dialect> all) {
    private static final Map<String, String> PREFIXES = Map.of("/api/", "ollama", "/v1/messages", "anthropic");

    public Dialects {
        all = List.copyOf(all);
        if (all.isEmpty()) throw new IllegalArgumentException("dialects: none (expected: at least one)");
    }

    /** Every path that leads to a model. */
    public List<Endpoint> endpoints() {
        return all.stream().flatMap(dialect -> dialect.endpoints().stream()).toList();
    }

    /**
     * The protocol that a request means, also where its path leads nowhere.
     *
     * @param hasHeader whether it has a header of this name
     */
    public Dialect of(String path, Predicate<String> hasHeader) {
        String name = PREFIXES.entrySet().stream()
                .filter(prefix -> path.startsWith(prefix.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(hasHeader.test("anthropic-version") ? "anthropic" : "openai");
        return all.stream()
                .filter(dialect -> dialect.name().equals(name))
                .findFirst()
                .orElse(all.getFirst());
    }
}
