// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.gateway.RecordingUpstream;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A server of the OpenAI API. */
final class OpenAiFakeNode implements FakeNode {
    private final String type;

    OpenAiFakeNode(String type) {
        this.type = type;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public String userText(String body) {
        return LiveGateway.JSON
                .readTree(body)
                .path("messages")
                .valueStream()
                .filter(message -> message.path("role").asString().equals("user"))
                .map(message -> message.path("content").isString()
                        ? message.path("content").stringValue()
                        : message.path("content").path(0).path("text").asString(""))
                .collect(Collectors.joining());
    }

    @Override
    public int cap(String body) {
        return LiveGateway.JSON.readTree(body).path("max_tokens").asInt();
    }

    @Override
    public String whole(Script script) {
        String more = script.thinking().isEmpty() ? "" : ",\"reasoning_content\":" + quoted(script.thinking());
        if (!script.arguments().isEmpty())
            more += ",\"tool_calls\":[{\"id\":\"call_abcdefgh999\",\"type\":\"function\",\"function\":{\"name\":"
                    + "\"lookup\",\"arguments\":" + quoted(script.arguments()) + "}}]";
        return RecordingUpstream.completion(quoted(String.join("", script.pieces())), more, script.in(), script.out())
                .replace("\"stop\"", reason(script));
    }

    @Override
    public String stream(Script script) {
        StringBuilder stream =
                new StringBuilder(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        if (!script.thinking().isEmpty())
            stream.append(RecordingUpstream.delta("{\"reasoning_content\":" + quoted(script.thinking()) + "}", "null"));
        for (String piece : script.pieces())
            stream.append(RecordingUpstream.delta("{\"content\":" + quoted(piece) + "}", "null"));
        if (!script.arguments().isEmpty()) {
            stream.append(RecordingUpstream.delta(
                    "{\"tool_calls\":[{\"index\":0,\"id\":\"call_abcdefgh999\",\"type\":\"function\",\"function\":"
                            + "{\"name\":\"lookup\",\"arguments\":\"\"}}]}",
                    "null"));
            for (String piece : Pieces.of(script.arguments(), 9))
                stream.append(RecordingUpstream.delta(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + quoted(piece) + "}}]}", "null"));
        }
        return stream.append(RecordingUpstream.delta("{}", reason(script)))
                .append(RecordingUpstream.usageAndDone(script.in(), script.out()))
                .toString();
    }

    private static String reason(Script script) {
        if (script.cut()) return "\"length\"";
        return script.arguments().isEmpty() ? "\"stop\"" : "\"tool_calls\"";
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    private static String quoted(String text) {
        JsonNode node = LiveGateway.JSON.getNodeFactory().stringNode(text);
        return node.toString();
    }

    @Override
    public String toString() {
        return type;
    }
}
