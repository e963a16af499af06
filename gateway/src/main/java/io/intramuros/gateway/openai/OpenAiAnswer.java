// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.TextSlot.Form;
import io.intramuros.gateway.exchange.Usage;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole answer of a node, rewritten for the caller. */
final class OpenAiAnswer {
    /** Strings of the protocol, which no model wrote. */
    private static final Set<String> WORDS =
            Set.of("id", "object", "role", "type", "finish_reason", "system_fingerprint", "service_tier", "name");

    private OpenAiAnswer() {}

    /** Rewrites a chat completion; empty where the node's answer is none. */
    static Optional<Answers.Written> chat(Exchange exchange, byte[] node) {
        return choices(exchange, node, "chatcmpl-");
    }

    /** Rewrites a text completion. */
    static Optional<Answers.Written> text(Exchange exchange, byte[] node) {
        return choices(exchange, node, "cmpl-");
    }

    /** Rewrites documents in their order, which some servers give back whole. */
    static Optional<Answers.Written> ranks(Exchange exchange, byte[] node) {
        return tree(node, "results").map(tree -> {
            texts(tree, exchange.found().filters.get());
            tree.put("id", "rerank-" + exchange.id());
            return written(exchange, tree);
        });
    }

    private static Optional<Answers.Written> choices(Exchange exchange, byte[] node, String prefix) {
        AnswerText.Filters filters = exchange.found().filters.get();
        return tree(node, "choices").map(tree -> {
            for (JsonNode choice : tree.path("choices")) {
                if (choice instanceof ObjectNode object) choice(object, filters);
            }
            tree.put("id", prefix + exchange.id());
            return written(exchange, tree);
        });
    }

    /** Rewrites embeddings; empty where the node's answer is none. */
    static Optional<Answers.Written> embeddings(Exchange exchange, byte[] node) {
        return tree(node, "data").map(tree -> {
            if (OpenAiTold.wantsBase64(exchange)) tree.path("data").forEach(OpenAiAnswer::encode);
            return written(exchange, tree);
        });
    }

    /** Some servers know only numbers, and most clients ask for base64. */
    private static void encode(JsonNode entry) {
        if (entry instanceof ObjectNode object && object.path("embedding").isArray())
            object.put("embedding", OpenAiTold.base64(OpenAiVectors.vector(object.path("embedding"))));
    }

    private static Optional<ObjectNode> tree(byte[] node, String array) {
        return StrictJson.fromNode(node)
                .filter(tree -> tree instanceof ObjectNode && tree.path(array).isArray())
                .map(ObjectNode.class::cast);
    }

    static Usage usage(JsonNode usage) {
        return new Usage(
                // Of ranks, some servers count nothing but the total.
                Math.max(
                        0,
                        usage.path("prompt_tokens")
                                .asLong(usage.path("total_tokens").asLong(0))),
                Math.max(0, usage.path("completion_tokens").asLong(0)));
    }

    private static Answers.Written written(Exchange exchange, ObjectNode tree) {
        tree.put("model", exchange.found().model.get().name());
        JsonNode usage = tree.path("usage");
        return new Answers.Written(
                StrictJson.write(tree), usage.isObject() ? Optional.of(usage(usage)) : Optional.empty());
    }

    private static void choice(ObjectNode choice, AnswerText.Filters filters) {
        texts(choice, filters);
        // Strict clients want these two, and many servers leave them out.
        if (!choice.has("logprobs")) choice.putNull("logprobs");
        if (choice.get("message") instanceof ObjectNode message && !message.has("refusal")) message.putNull("refusal");
    }

    static void texts(ObjectNode object, AnswerText.Filters filters) {
        for (String name : object.propertyNames().stream().toList()) {
            JsonNode value = object.get(name);
            if (value.isString() && !WORDS.contains(name)) {
                Form form = name.equals("arguments") ? Form.JSON : Form.TEXT;
                object.put(name, filters.whole(form, value.stringValue()));
            } else if (!name.equals("logprobs")) {
                below(value, filters);
            }
        }
    }

    private static void below(JsonNode value, AnswerText.Filters filters) {
        switch (value) {
            case ObjectNode object -> texts(object, filters);
            case ArrayNode array -> array.forEach(element -> below(element, filters));
            default -> {
                // a number, a truth or nothing
            }
        }
    }
}
