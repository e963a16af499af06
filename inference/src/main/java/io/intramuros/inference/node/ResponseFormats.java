// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.grammar.Grammar;
import io.intramuros.inference.grammar.JsonSchemas;
import io.intramuros.inference.grammar.UnsupportedSchemaException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code response_format}, and keeps the grammars of the schemas that came last: programs ask by the same ones.
 * Thread-safe.
 */
final class ResponseFormats {
    private static final int KEPT = 64;
    private final Grammar anyObject = JsonSchemas.anyObject();

    private final Map<JsonNode, Grammar> grammars = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonNode, Grammar> eldest) {
            return size() > KEPT;
        }
    };

    /** What the answer must follow; empty for any text. */
    Optional<Grammar> read(Fields fields) throws RefusedException {
        Optional<JsonNode> node = fields.node("response_format");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Fields format = Fields.of(node.get(), "response_format");
        return switch (format.text("type")) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(anyObject);
            case "json_schema" -> {
                Fields named = Fields.of(format.required("json_schema"), "response_format.json_schema");
                yield Optional.of(grammar(named.required("schema"), named.path("schema")));
            }
            default -> throw format.refused("type", "not a known type (expected: text, json_object or json_schema)");
        };
    }

    private Grammar grammar(JsonNode schema, String path) throws RefusedException {
        synchronized (grammars) {
            Grammar known = grammars.get(schema);
            if (known == null) {
                known = made(schema, path);
                grammars.put(schema, known);
            }
            return known;
        }
    }

    private static Grammar made(JsonNode schema, String path) throws RefusedException {
        try {
            return JsonSchemas.of(schema);
        } catch (UnsupportedSchemaException e) {
            String at = e.path().isEmpty() ? path : path + "." + e.path();
            throw new RefusedException(ApiError.unsupported(at, String.valueOf(e.getMessage())));
        }
    }
}
