// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.dialect.ChatReader;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the text completions of a node of the OpenAI API. */
final class OpenAiTextReader implements ChatReader {
    static final OpenAiTextReader INSTANCE = new OpenAiTextReader();

    private OpenAiTextReader() {}

    @Override
    public boolean whole(ObjectNode answer, Consumer<ChatEvent> to) {
        JsonNode choice = answer.path("choices").path(0);
        if (!choice.path("text").isString()) return false;
        to.accept(new ChatEvent.Said(choice.path("text").stringValue()));
        to.accept(OpenAiChatReader.ended(choice).orElse(new ChatEvent.Ended(StopReason.STOP, Optional.empty())));
        OpenAiChatReader.counted(answer).ifPresent(to);
        return true;
    }

    @Override
    public StreamReader stream() {
        return new SseReader((chunk, to) -> {
            JsonNode choice = chunk.path("choices").path(0);
            to.accept(new ChatEvent.Said(choice.path("text").asString("")));
            OpenAiChatReader.ended(choice).ifPresent(to);
            OpenAiChatReader.counted(chunk).ifPresent(to);
        });
    }
}
