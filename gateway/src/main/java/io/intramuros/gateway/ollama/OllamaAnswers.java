// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.TextSlot.Form;
import io.intramuros.gateway.exchange.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rewrites a node's answers for a caller of the same API; fields that nobody knows of pass. */
final class OllamaAnswers implements Answers {
    static final OllamaAnswers INSTANCE = new OllamaAnswers();

    /** Strings of the protocol, which no model wrote. */
    private static final Set<String> WORDS = Set.of("model", "created_at", "role", "done_reason", "id", "name");

    private OllamaAnswers() {}

    @Override
    public Optional<Written> whole(Exchange exchange, byte[] node) {
        return object(node)
                .filter(tree ->
                        tree.path("message").isObject() || tree.path("response").isString())
                .map(tree -> {
                    texts(tree, exchange.found().filters.get());
                    head(exchange, tree);
                    return new Written(StrictJson.write(tree), usage(tree));
                });
    }

    @Override
    public AnswerStream stream(Exchange exchange) {
        return new OllamaStream(exchange);
    }

    /** Rewrites vectors. */
    static Optional<Written> vectors(Exchange exchange, byte[] node) {
        return object(node)
                .filter(tree -> tree.path("embeddings").isArray()
                        || tree.path("embedding").isArray())
                .map(tree -> {
                    if (tree.has("model")) head(exchange, tree);
                    return new Written(StrictJson.write(tree), usage(tree));
                });
    }

    /** Vectors as numbers, for callers of other APIs. */
    static Optional<Answer.Vectors> numbers(ObjectNode tree) {
        if (!tree.path("embeddings").isArray()) return Optional.empty();
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode numbers : tree.path("embeddings")) {
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++)
                vector[i] = (float) numbers.path(i).asDouble(0);
            vectors.add(vector);
        }
        return Optional.of(new Answer.Vectors(vectors, OllamaEvents.tokens(tree)));
    }

    private static Optional<ObjectNode> object(byte[] node) {
        return StrictJson.fromNode(node).filter(JsonNode::isObject).map(ObjectNode.class::cast);
    }

    static Optional<Usage> usage(JsonNode tree) {
        Tokens tokens = OllamaEvents.tokens(tree);
        return tokens.total() == 0 ? Optional.empty() : Optional.of(new Usage(tokens.in(), tokens.out()));
    }

    /** The caller's name for the model; and no tokens of the conversation, which would only be refused later. */
    static void head(Exchange exchange, ObjectNode tree) {
        tree.put("model", exchange.found().request.get().model());
        tree.remove("context");
    }

    /** Restores every string that is none of the protocol's, also those of a call's arguments. */
    static void texts(JsonNode tree, AnswerText.Filters filters) {
        switch (tree) {
            case ObjectNode object -> {
                for (String name : object.propertyNames().stream().toList()) {
                    JsonNode value = object.get(name);
                    if (value.isString() && !WORDS.contains(name))
                        object.put(name, filters.whole(Form.TEXT, value.stringValue()));
                    else if (!name.equals("logprobs")) texts(value, filters);
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    JsonNode value = array.get(i);
                    if (value.isString())
                        array.set(i, StrictJson.string(filters.whole(Form.TEXT, value.stringValue())));
                    else texts(value, filters);
                }
            }
            default -> {
                // a number, a truth or nothing
            }
        }
    }
}
