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

/** Speaks {@code anthropic}; holds the order of the stream's events to the letter, as the official client does. */
final class AnthropicSpeaker implements Speaker {
    @Override
    public String dialect() {
        return "anthropic";
    }

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("anthropic-version", "2023-06-01");
    }

    private static ObjectNode body(String model, boolean stream) {
        ObjectNode body =
                LiveGateway.JSON.createObjectNode().put("model", model).put("max_tokens", 500);
        if (stream) body.put("stream", true);
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
        body.putArray("system").addObject().put("type", "text").put("text", text);
        ArrayNode messages = body.putArray("messages");
        messages.addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", text);
        ObjectNode call = messages.addObject()
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "tool_use")
                .put("id", "toolu_abcdefgh123")
                .put("name", "lookup");
        call.putObject("input").put("note", text);
        messages.addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", "toolu_abcdefgh123")
                .put("content", text);
        ObjectNode tool = body.putArray("tools").addObject();
        tool.put("name", "lookup")
                .put("description", text)
                .putObject("input_schema")
                .put("type", "object");
        return body.toString();
    }

    @Override
    public String capped(String model, String text, int tokens) {
        return say(model, text, false).replace("\"max_tokens\":500", "\"max_tokens\":" + tokens);
    }

    @Override
    public Heard whole(String body) {
        JsonNode root = LiveGateway.JSON.readTree(body);
        if (!root.path("type").asString("").equals("message")) throw new AssertionError("no message: " + body);
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Heard.Call> calls = new ArrayList<>();
        for (JsonNode block : root.path("content"))
            switch (block.path("type").asString()) {
                case "text" -> text.append(block.path("text").asString());
                case "thinking" -> thinking.append(block.path("thinking").asString());
                default ->
                    calls.add(new Heard.Call(
                            block.path("id").asString(),
                            block.path("name").asString(),
                            block.path("input").toString()));
            }
        return new Heard(
                text.toString(),
                thinking.toString(),
                calls,
                root.path("stop_reason").asString(),
                root.path("usage").path("input_tokens").asLong(-1),
                root.path("usage").path("output_tokens").asLong(-1));
    }

    @Override
    public Heard stream(String body) {
        Reading reading = new Reading();
        for (String frame : body.split("\n\n", -1)) if (!frame.isBlank()) reading.frame(frame);
        if (!reading.stopped) throw new AssertionError("no message_stop: " + body);
        return reading.heard();
    }

    private static final class Reading {
        private final Map<Integer, JsonNode> blocks = new TreeMap<>();
        private final Map<Integer, StringBuilder> texts = new TreeMap<>();
        private int open = -1;
        private boolean started;
        private boolean stopped;
        private JsonNode last = LiveGateway.JSON.nullNode();

        void frame(String frame) {
            String[] lines = frame.split("\n", -1);
            JsonNode data = LiveGateway.JSON.readTree(lines[1].substring("data: ".length()));
            String type = data.path("type").asString();
            if (!lines[0].equals("event: " + type)) throw new AssertionError("event line: " + lines[0]);
            if (!started && !type.equals("message_start")) throw new AssertionError("before the start: " + type);
            int index = data.path("index").asInt(-1);
            switch (type) {
                case "message_start" -> started = true;
                case "ping" -> {
                    // anywhere
                }
                case "content_block_start" -> {
                    if (open >= 0 || index != blocks.size()) throw new AssertionError("block: " + frame);
                    open = index;
                    blocks.put(index, data.path("content_block"));
                    texts.put(index, new StringBuilder());
                }
                case "content_block_delta" -> {
                    if (open != index) throw new AssertionError("delta of a block that is not open: " + frame);
                    JsonNode delta = data.path("delta");
                    for (String name : List.of("text", "thinking", "partial_json"))
                        texts.get(index).append(delta.path(name).asString(""));
                }
                case "content_block_stop" -> open = -1;
                case "message_delta" -> last = data;
                case "message_stop" -> stopped = true;
                default -> throw new AssertionError("event: " + frame);
            }
        }

        private String all(String type) {
            StringBuilder all = new StringBuilder();
            blocks.forEach((index, block) -> {
                if (block.path("type").asString().equals(type)) all.append(texts.get(index));
            });
            return all.toString();
        }

        Heard heard() {
            List<Heard.Call> calls = new ArrayList<>();
            blocks.forEach((index, block) -> {
                if (block.path("type").asString().equals("tool_use"))
                    calls.add(new Heard.Call(
                            block.path("id").asString(),
                            block.path("name").asString(),
                            texts.get(index).toString()));
            });
            return new Heard(
                    all("text"),
                    all("thinking"),
                    calls,
                    last.path("delta").path("stop_reason").asString(),
                    last.path("usage").path("input_tokens").asLong(-1),
                    last.path("usage").path("output_tokens").asLong(-1));
        }
    }

    @Override
    public String error(JsonNode body) {
        if (!body.path("type").asString("").equals("error")) throw new AssertionError("no error: " + body);
        return body.path("error").path("type").asString();
    }

    @Override
    public String lengthWord() {
        return "max_tokens";
    }

    @Override
    public String callsWord() {
        return "tool_use";
    }

    @Override
    public String toString() {
        return dialect();
    }
}
