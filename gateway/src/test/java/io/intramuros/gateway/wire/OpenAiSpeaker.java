// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks {@code openai}. */
final class OpenAiSpeaker implements Speaker {
    @Override
    public String dialect() {
        return "openai";
    }

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    private static ObjectNode body(String model, boolean stream) {
        ObjectNode body = LiveGateway.JSON.createObjectNode().put("model", model);
        if (stream) body.put("stream", true).putObject("stream_options").put("include_usage", true);
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
        messages.addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", text);
        ObjectNode call = messages.addObject()
                .put("role", "assistant")
                .putNull("content")
                .putArray("tool_calls")
                .addObject()
                .put("id", "call_abcdefgh123")
                .put("type", "function");
        call.putObject("function")
                .put("name", "lookup")
                .put("arguments", LiveGateway.JSON.writeValueAsString(Map.of("note", text)));
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", "call_abcdefgh123")
                .put("content", text);
        ObjectNode function =
                body.putArray("tools").addObject().put("type", "function").putObject("function");
        function.put("name", "lookup").put("description", text);
        function.putObject("parameters").put("type", "object");
        return body.toString();
    }

    @Override
    public String capped(String model, String text, int tokens) {
        return say(model, text, false).replaceFirst("\\{", "{\"max_completion_tokens\":" + tokens + ",");
    }

    @Override
    public Heard whole(String body) {
        JsonNode root = LiveGateway.JSON.readTree(body);
        JsonNode choice = root.path("choices").path(0);
        List<Heard.Call> calls = new ArrayList<>();
        for (JsonNode call : choice.path("message").path("tool_calls"))
            calls.add(new Heard.Call(
                    call.path("id").asString(),
                    call.path("function").path("name").asString(),
                    call.path("function").path("arguments").asString()));
        return new Heard(
                choice.path("message").path("content").asString(""),
                choice.path("message").path("reasoning_content").asString(""),
                calls,
                choice.path("finish_reason").asString(),
                root.path("usage").path("prompt_tokens").asLong(-1),
                root.path("usage").path("completion_tokens").asLong(-1));
    }

    @Override
    public Heard stream(String body) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        Map<Integer, Heard.Call> calls = new TreeMap<>();
        String stop = "";
        JsonNode usage = LiveGateway.JSON.nullNode();
        if (!body.endsWith("data: [DONE]\n\n")) throw new AssertionError("no end: " + body);
        for (String line : body.lines().filter(l -> l.startsWith("data: {")).toList()) {
            JsonNode chunk = LiveGateway.JSON.readTree(line.substring(6));
            JsonNode choice = chunk.path("choices").path(0);
            text.append(choice.path("delta").path("content").asString(""));
            thinking.append(choice.path("delta").path("reasoning_content").asString(""));
            for (JsonNode call : choice.path("delta").path("tool_calls"))
                calls.merge(
                        call.path("index").asInt(),
                        new Heard.Call(
                                call.path("id").asString(""),
                                call.path("function").path("name").asString(""),
                                call.path("function").path("arguments").asString("")),
                        (a, b) -> new Heard.Call(a.id(), a.name(), a.arguments() + b.arguments()));
            if (choice.path("finish_reason").isString())
                stop = choice.path("finish_reason").stringValue();
            if (chunk.path("usage").isObject()) usage = chunk.path("usage");
        }
        return new Heard(
                text.toString(),
                thinking.toString(),
                List.copyOf(calls.values()),
                stop,
                usage.path("prompt_tokens").asLong(-1),
                usage.path("completion_tokens").asLong(-1));
    }

    @Override
    public String error(JsonNode body) {
        return body.path("error").path("code").asString();
    }

    @Override
    public String lengthWord() {
        return "length";
    }

    @Override
    public String callsWord() {
        return "tool_calls";
    }

    @Override
    public String toString() {
        return dialect();
    }
}
