// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.gateway.RecordingUpstream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A node of either kind, by the path that it is asked at: it repeats the last message, and where that is a user's and
 * there is a tool, it calls the tool with it too. Every text's vector is the same.
 */
final class Repeats implements RecordingUpstream.Script {
    private static final int PIECE = 3;
    private static final int BYTES = 29;

    @Override
    public void answer(RecordingUpstream.Request request, RecordingUpstream.Reply reply) throws IOException {
        JsonNode asked = LiveGateway.JSON.readTree(request.body());
        boolean ollama = request.line().contains(" /api/");
        if (request.line().contains("embed")) {
            reply.json(200, ollama ? vectors(asked) : Parrot.embeddings(asked));
            return;
        }
        FakeNode node = ollama ? new OllamaFakeNode() : new OpenAiFakeNode("openai");
        JsonNode last = asked.path("messages").path(asked.path("messages").size() - 1);
        String said = last.path("content").isString()
                ? last.path("content").stringValue()
                : last.path("content").path(0).path("text").asString();
        FakeNode.Script script = FakeNode.Script.of(said).pieces(PIECE);
        if (!asked.path("tools").isEmpty() && last.path("role").asString().equals("user"))
            script = script.calling("{\"to\":" + LiveGateway.JSON.writeValueAsString(said) + "}");
        if (asked.path("stream").asBoolean(false)) {
            reply.streamHead();
            reply.pieces(node.stream(script), BYTES);
            reply.end();
        } else {
            reply.json(200, node.whole(script));
        }
    }

    private static String vectors(JsonNode asked) {
        int texts = asked.path("input").isArray() ? asked.path("input").size() : 1;
        return Stream.generate(() -> "[0.25,-1.5]")
                .limit(texts)
                .collect(Collectors.joining(",", "{\"model\":\"m\",\"embeddings\":[", "],\"prompt_eval_count\":2}"));
    }
}
