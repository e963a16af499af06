// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.grammar.AnswerGrammar;
import java.util.Optional;

/** Reads {@code response_format}. */
final class ResponseFormats {
    private static final String NAME = "response_format";

    private ResponseFormats() {}

    /** What the answer must satisfy; empty for any text. */
    static Optional<AnswerGrammar.Json> read(Fields fields) throws RefusedException {
        var node = fields.node(NAME);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Fields format = Fields.of(node.get(), NAME);
        return switch (format.text("type")) {
            case "text" -> Optional.empty();
            case "json_object" ->
                Optional.of(new AnswerGrammar.Json(Json.object().put("type", "object"), NAME));
            case "json_schema" -> {
                Fields named = Fields.of(format.required("json_schema"), NAME + ".json_schema");
                yield Optional.of(new AnswerGrammar.Json(named.required("schema"), named.path("schema")));
            }
            default -> throw format.refused("type", "not a known type (expected: text, json_object or json_schema)");
        };
    }
}
