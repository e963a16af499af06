// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells from a body that was refused whether it was meant for another path: a client with the wrong address or protocol. */
public final class Misplaced {
    private static final List<String> OF_OPENAI = List.of(
            "max_completion_tokens", "response_format", "stream_options", "frequency_penalty", "parallel_tool_calls");
    private static final List<String> OF_ANTHROPIC =
            List.of("stop_sequences", "anthropic_version", "thinking", "output_config");
    private static final Set<String> NO_ROLES_OF_ANTHROPIC = Set.of("system", "developer", "tool", "function");

    private Misplaced() {}

    /** Where such a body belongs, as a sentence; empty where it seems to be in its place. */
    public static Optional<String> hint(String path, ObjectNode body) {
        boolean messages = body.has("messages");
        return switch (path) {
            case "/v1/chat/completions", "/v1/messages", "/api/chat" ->
                messages ? speech(path, body) : other(path, body);
            case "/v1/completions" -> messages ? belongs("messages", "/v1/chat/completions") : other(path, body);
            case "/v1/responses" ->
                messages ? belongs("messages", "/v1/chat/completions or /v1/messages") : other(path, body);
            case "/api/generate" -> messages ? belongs("messages", "/api/chat") : other(path, body);
            case "/v1/embeddings", "/api/embed" ->
                messages ? belongs("messages", "/v1/chat/completions") : other(path, body);
            default -> Optional.empty();
        };
    }

    /** A body without messages, by what it has in their place. */
    private static Optional<String> other(String path, ObjectNode body) {
        boolean ollama = path.startsWith("/api/");
        if (body.has("prompt") && !path.equals("/v1/completions") && !path.equals("/api/generate"))
            return belongs("prompt", ollama ? "/api/generate" : "/v1/completions");
        if (body.has("input") && !path.equals("/v1/responses") && !path.contains("embed"))
            return belongs("input", ollama ? "/api/embed" : "/v1/responses or /v1/embeddings");
        return Optional.empty();
    }

    /** A chat of another protocol, by a word that only that one has. */
    private static Optional<String> speech(String path, ObjectNode body) {
        if (!path.equals("/v1/messages")) {
            for (String word : OF_ANTHROPIC) if (body.has(word)) return belongs(word, "/v1/messages");
            if (body.path("tools").path(0).has("input_schema")) return belongs("input_schema", "/v1/messages");
            for (JsonNode message : body.path("messages"))
                for (JsonNode block : message.path("content"))
                    if (block.path("type").asString("").matches("tool_use|tool_result|thinking"))
                        return belongs(block.path("type").stringValue(), "/v1/messages");
        }
        if (!path.equals("/v1/chat/completions")) {
            for (String word : OF_OPENAI) if (body.has(word)) return belongs(word, "/v1/chat/completions");
            if (path.equals("/v1/messages") && body.path("tools").path(0).has("function"))
                return belongs("function", "/v1/chat/completions");
        }
        if (path.equals("/v1/messages"))
            for (JsonNode message : body.path("messages"))
                if (NO_ROLES_OF_ANTHROPIC.contains(message.path("role").asString("")))
                    return belongs("role", "/v1/chat/completions");
        return Optional.empty();
    }

    private static Optional<String> belongs(String word, String path) {
        return Optional.of("A body with such a \"" + word + "\" belongs to " + path + ".");
    }
}
