// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks {@code ollama}. */
final class OllamaSpeaker implements Speaker {
    @Override
    public String dialect() {
        return "ollama";
    }

    @Override
    public String path() {
        return "/api/chat";
    }

    private static ObjectNode body(String model, boolean stream) {
        ObjectNode body = LiveGateway.JSON.createObjectNode().put("model", model);
        if (!stream) body.put("stream", false);
        return body;
    }

    @Override
    public String say(String model, String text, boolean stream) {
        ObjectNode body = body(model, stream);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body.toString();
    }

    @Override
    public String everywhere(String model, String text, boolean stream) {
        ObjectNode body = body(model, stream);
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", text);
        messages.addObject().put("role", "user").put("content", text);
        ObjectNode call = messages.addObject()
                .put("role", "assistant")
                .put("content", "")
                .putArray("tool_calls")
                .addObject();
        call.putObject("function").put("name", "lookup").putObject("arguments").put("note", text);
        messages.addObject().put("role", "tool").put("tool_name", "lookup").put("content", text);
        ObjectNode function =
                body.putArray("tools").addObject().put("type", "function").putObject("function");
        function.put("name", "lookup").put("description", text);
        function.putObject("parameters").put("type", "object");
        return body.toString();
    }

    @Override
    public String capped(String model, String text, int tokens) {
        return say(model, text, false)
                .replaceFirst("\\{", "{\"options\":{\"num_ctx\":999,\"num_predict\":" + tokens + "},");
    }

    @Override
    public Heard whole(String body) {
        JsonNode root = LiveGateway.JSON.readTree(body);
        if (!root.path("done").asBoolean()) throw new AssertionError("not done: " + body);
        return heard(List.of(root));
    }

    @Override
    public Heard stream(String body) {
        List<JsonNode> lines =
                body.lines().map(line -> LiveGateway.JSON.readTree(line)).toList();
        for (JsonNode line : lines.subList(0, lines.size() - 1))
            if (line.path("done").asBoolean(true)) throw new AssertionError("done too early: " + body);
        if (!lines.getLast().path("done").asBoolean()) throw new AssertionError("not done: " + body);
        return heard(lines);
    }

    private static Heard heard(List<JsonNode> lines) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Heard.Call> calls = new ArrayList<>();
        for (JsonNode line : lines) {
            JsonNode message = line.path("message");
            text.append(message.path("content").asString(""));
            thinking.append(message.path("thinking").asString(""));
            for (JsonNode call : message.path("tool_calls"))
                calls.add(new Heard.Call(
                        call.path("id").asString(""),
                        call.path("function").path("name").asString(),
                        call.path("function").path("arguments").toString()));
        }
        JsonNode last = lines.getLast();
        return new Heard(
                text.toString(),
                thinking.toString(),
                calls,
                last.path("done_reason").asString(),
                last.path("prompt_eval_count").asLong(-1),
                last.path("eval_count").asLong(-1));
    }

    @Override
    public String error(JsonNode body) {
        return body.path("error").asString();
    }

    @Override
    public String lengthWord() {
        return "length";
    }

    @Override
    public String callsWord() {
        return "stop";
    }

    @Override
    public String toString() {
        return dialect();
    }
}
