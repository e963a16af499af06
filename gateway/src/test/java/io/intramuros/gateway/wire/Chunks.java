// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.gateway.RecordingUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Writes streams of chat chunks as nodes send them, and reads those that callers get. */
final class Chunks {
    private Chunks() {}

    /** Events that say {@code text} in deltas of {@code size} characters. */
    static String says(String text, int size) {
        return pieces(text, size).stream()
                .map(piece -> RecordingUpstream.delta(
                        "{\"content\":" + LiveGateway.JSON.writeValueAsString(piece) + "}", "null"))
                .collect(Collectors.joining());
    }

    /** Events that call the tool at {@code index} with {@code arguments} in deltas of {@code size} characters. */
    static String calls(int index, String arguments, int size) {
        String head = "{\"tool_calls\":[{\"index\":" + index + ",\"id\":\"call_" + index
                + "\",\"type\":\"function\",\"function\":{\"name\":\"send\",\"arguments\":\"\"}}]}";
        return RecordingUpstream.delta(head, "null")
                + pieces(arguments, size).stream()
                        .map(piece -> RecordingUpstream.delta(
                                "{\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":"
                                        + LiveGateway.JSON.writeValueAsString(piece) + "}}]}",
                                "null"))
                        .collect(Collectors.joining());
    }

    /** The last events of a chat. */
    static String ends(String reason) {
        return RecordingUpstream.delta("{}", "\"" + reason + "\"") + RecordingUpstream.usageAndDone(5, 7);
    }

    /** A script that answers every request with the same events, in network pieces of {@code bytes}. */
    static RecordingUpstream.Script script(String events, int bytes) {
        return (_, reply) -> {
            reply.streamHead();
            reply.pieces(events, bytes);
            reply.end();
        };
    }

    /** The chunks of a stream, without its end. */
    static List<JsonNode> of(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> LiveGateway.JSON.readTree(line.substring(6)))
                .toList();
    }

    /** The text that a stream says. */
    static String content(String body) {
        return of(body).stream()
                .map(chunk -> chunk.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asString(""))
                .collect(Collectors.joining());
    }

    /** The arguments of the tool call at {@code index} of a stream. */
    static String arguments(String body, int index) {
        StringBuilder arguments = new StringBuilder();
        for (JsonNode chunk : of(body))
            for (JsonNode call : chunk.path("choices").path(0).path("delta").path("tool_calls"))
                if (call.path("index").asInt(-1) == index)
                    arguments.append(call.path("function").path("arguments").asString(""));
        return arguments.toString();
    }

    private static List<String> pieces(String text, int size) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += size) pieces.add(text.substring(i, Math.min(text.length(), i + size)));
        return pieces;
    }
}
