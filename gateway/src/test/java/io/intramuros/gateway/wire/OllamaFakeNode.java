// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** An Ollama server. */
final class OllamaFakeNode implements FakeNode {
    private static final String AT = "2026-11-24T12:00:00.123456789Z";

    @Override
    public String type() {
        return "ollama";
    }

    @Override
    public String path() {
        return "/api/chat";
    }

    @Override
    public String userText(String body) {
        return LiveGateway.JSON
                .readTree(body)
                .path("messages")
                .valueStream()
                .filter(message -> message.path("role").asString().equals("user"))
                .map(message -> message.path("content").asString())
                .collect(Collectors.joining());
    }

    @Override
    public int cap(String body) {
        var options = LiveGateway.JSON.readTree(body).path("options");
        if (options.path("num_ctx").asInt() != 8192) throw new AssertionError("num_ctx is not pinned: " + body);
        return options.path("num_predict").asInt();
    }

    private static ObjectNode line() {
        return LiveGateway.JSON
                .createObjectNode()
                .put("model", "upstream-model")
                .put("created_at", AT);
    }

    private static ObjectNode message(ObjectNode line, String content) {
        return line.putObject("message").put("role", "assistant").put("content", content);
    }

    private static void call(ObjectNode message, Script script) {
        ObjectNode function =
                message.putArray("tool_calls").addObject().putObject("function").put("name", "lookup");
        function.set("arguments", LiveGateway.JSON.readTree(script.arguments()));
    }

    private static String end(ObjectNode line, Script script) {
        return line.put("done", true)
                .put("done_reason", script.cut() ? "length" : "stop")
                .put("total_duration", 5_000_000L)
                .put("prompt_eval_count", script.in())
                .put("eval_count", script.out())
                .toString();
    }

    @Override
    public String whole(Script script) {
        ObjectNode line = line();
        ObjectNode message = message(line, String.join("", script.pieces()));
        if (!script.thinking().isEmpty()) message.put("thinking", script.thinking());
        if (!script.arguments().isEmpty()) call(message, script);
        return end(line, script);
    }

    @Override
    public String stream(Script script) {
        StringBuilder stream = new StringBuilder();
        if (!script.thinking().isEmpty()) {
            ObjectNode line = line();
            message(line, "").put("thinking", script.thinking());
            stream.append(line.put("done", false)).append('\n');
        }
        for (String piece : script.pieces()) {
            ObjectNode line = line();
            message(line, piece);
            stream.append(line.put("done", false)).append('\n');
        }
        if (!script.arguments().isEmpty()) {
            ObjectNode line = line();
            call(message(line, ""), script);
            stream.append(line.put("done", false)).append('\n');
        }
        ObjectNode last = line();
        message(last, "");
        return stream.append(end(last, script)).append('\n').toString();
    }

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public String toString() {
        return type();
    }
}
