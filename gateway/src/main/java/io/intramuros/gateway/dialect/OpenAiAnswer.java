// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.TextSlot.Form;
import io.intramuros.gateway.exchange.Usage;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole answer of a node, rewritten for the caller. */
public final class OpenAiAnswer {
    /** Strings of the protocol, which no model wrote. */
    private static final Set<String> WORDS =
            Set.of("id", "object", "role", "type", "finish_reason", "system_fingerprint", "service_tier", "name");

    private final byte[] body;
    private final Optional<Usage> usage;

    private OpenAiAnswer(byte[] body, Optional<Usage> usage) {
        this.body = body;
        this.usage = usage;
    }

    /** What the caller gets. */
    public byte[] body() {
        return body;
    }

    /** The use that the node reported; empty where it reported none. */
    public Optional<Usage> usage() {
        return usage;
    }

    /** Rewrites a chat completion; empty where the node's answer is none. */
    public static Optional<OpenAiAnswer> chat(byte[] node, String id, String model, AnswerText.Filters filters) {
        return StrictJson.fromNode(node)
                .filter(tree ->
                        tree instanceof ObjectNode && tree.path("choices").isArray())
                .map(ObjectNode.class::cast)
                .map(tree -> {
                    for (JsonNode choice : tree.path("choices")) {
                        if (choice instanceof ObjectNode object) choice(object, filters);
                    }
                    tree.put("id", id);
                    return answer(tree, model);
                });
    }

    /** Rewrites embeddings; empty where the node's answer is none. */
    public static Optional<OpenAiAnswer> embeddings(byte[] node, String model) {
        return StrictJson.fromNode(node)
                .filter(tree -> tree instanceof ObjectNode && tree.path("data").isArray())
                .map(tree -> answer((ObjectNode) tree, model));
    }

    /** The message of a node's error, which is about text it was sent, so about surrogates only. */
    public static Optional<String> errorCode(byte[] node) {
        return StrictJson.fromNode(node)
                .map(tree -> tree.path("error").path("code"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    static Usage usage(JsonNode usage) {
        return new Usage(
                Math.max(0, usage.path("prompt_tokens").asLong(0)),
                Math.max(0, usage.path("completion_tokens").asLong(0)));
    }

    private static OpenAiAnswer answer(ObjectNode tree, String model) {
        tree.put("model", model);
        JsonNode usage = tree.path("usage");
        return new OpenAiAnswer(
                StrictJson.write(tree), usage.isObject() ? Optional.of(usage(usage)) : Optional.empty());
    }

    private static void choice(ObjectNode choice, AnswerText.Filters filters) {
        texts(choice, filters);
        // Strict clients want these two, and many servers leave them out.
        if (!choice.has("logprobs")) choice.putNull("logprobs");
        if (choice.get("message") instanceof ObjectNode message && !message.has("refusal")) message.putNull("refusal");
    }

    private static void texts(ObjectNode object, AnswerText.Filters filters) {
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
