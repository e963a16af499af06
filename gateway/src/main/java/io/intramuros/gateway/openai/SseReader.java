// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.dialect.ChatReader;
import io.intramuros.gateway.dialect.SseFrames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.BrokenAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a stream of server-sent events, each a JSON object, until {@code [DONE]} or its end. */
final class SseReader implements ChatReader.StreamReader {
    private static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

    private final SseFrames frames = new SseFrames(MAX_EVENT_BYTES);
    private final Events events;

    SseReader(Events events) {
        this.events = events;
    }

    /** Reads the objects. */
    interface Events {
        /** Reads one. */
        void read(ObjectNode object, Consumer<ChatEvent> to);
    }

    @Override
    public void accept(byte[] bytes, Consumer<ChatEvent> to) {
        for (ObjectNode object : objects(bytes)) events.read(object, to);
    }

    /** The objects that these bytes complete. */
    java.util.List<ObjectNode> objects(byte[] bytes) {
        try {
            return frames.accept(bytes).stream()
                    .map(SseReader::object)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (SseFrames.EventTooLarge e) {
            throw new BrokenAnswer(e.getMessage() + " (expected: chunks of a chat)");
        }
    }

    private static Optional<ObjectNode> object(byte[] data) {
        if (new String(data, StandardCharsets.UTF_8).strip().equals("[DONE]")) return Optional.empty();
        Optional<JsonNode> read = StrictJson.fromNode(data);
        if (read.isEmpty() || !(read.get() instanceof ObjectNode chunk))
            throw new BrokenAnswer("event: no JSON object (expected: a chunk of an answer)");
        if (NodeErrors.isError(chunk)) throw new BrokenAnswer("event: an error (expected: a chunk of an answer)");
        return Optional.of(chunk);
    }
}
