// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.ChatReader;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the chat completions of a node of the OpenAI API. */
final class OpenAiChatReader implements ChatReader {
    static final OpenAiChatReader INSTANCE = new OpenAiChatReader();

    private OpenAiChatReader() {}

    @Override
    public boolean whole(ObjectNode answer, Consumer<ChatEvent> to) {
        JsonNode choice = answer.path("choices").path(0);
        if (!choice.path("message").isObject()) return false;
        texts(choice.path("message"), to);
        int index = 0;
        for (JsonNode call : choice.path("message").path("tool_calls")) {
            to.accept(begun(index, call));
            to.accept(new ChatEvent.CallArguments(
                    index++, call.path("function").path("arguments").asString("")));
        }
        to.accept(ended(choice).orElse(new ChatEvent.Ended(StopReason.STOP, Optional.empty())));
        counted(answer).ifPresent(to);
        return true;
    }

    @Override
    public StreamReader stream() {
        return new SseReader(new ChunkReader());
    }

    /** What is thought and said in a message or a delta. */
    private static void texts(JsonNode message, Consumer<ChatEvent> to) {
        String thought = message.path("reasoning_content").asString("");
        if (thought.isEmpty()) thought = message.path("reasoning").asString("");
        if (!thought.isEmpty()) to.accept(new ChatEvent.Thought(thought));
        String said = message.path("content").asString("");
        if (said.isEmpty()) said = message.path("refusal").asString("");
        if (!said.isEmpty()) to.accept(new ChatEvent.Said(said));
    }

    private static ChatEvent begun(int index, JsonNode call) {
        return new ChatEvent.CallBegun(
                index,
                call.path("id").asString("call_" + index),
                call.path("function").path("name").asString(""));
    }

    /** How a choice ended; empty where it goes on. */
    static Optional<ChatEvent.Ended> ended(JsonNode choice) {
        JsonNode reason = choice.path("finish_reason");
        if (!reason.isString()) return Optional.empty();
        // Of vLLM: the stop sequence that was met.
        Optional<String> sequence = Optional.of(choice.path("stop_reason"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
        return Optional.of(new ChatEvent.Ended(
                switch (reason.stringValue()) {
                    case "length" -> StopReason.LENGTH;
                    case "tool_calls", "function_call" -> StopReason.CALLS;
                    case "content_filter" -> StopReason.FILTERED;
                    default -> StopReason.STOP;
                },
                sequence));
    }

    /** The use in a chunk or an answer. */
    static Optional<ChatEvent> counted(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        if (!usage.isObject()) return Optional.empty();
        return Optional.of(new ChatEvent.Counted(new Tokens(
                atLeastZero(usage.path("prompt_tokens")),
                atLeastZero(usage.path("completion_tokens")),
                atLeastZero(usage.path("prompt_tokens_details").path("cached_tokens")),
                atLeastZero(usage.path("completion_tokens_details").path("reasoning_tokens")))));
    }

    private static long atLeastZero(JsonNode number) {
        return Math.max(0, number.asLong(0));
    }

    /** Reads the chunks of one stream. */
    private static final class ChunkReader implements SseReader.Events {
        private int calls;

        @Override
        public void read(ObjectNode chunk, Consumer<ChatEvent> to) {
            JsonNode choice = chunk.path("choices").path(0);
            texts(choice.path("delta"), to);
            for (JsonNode call : choice.path("delta").path("tool_calls")) call(call, to);
            ended(choice).ifPresent(to);
            counted(chunk).ifPresent(to);
        }

        private void call(JsonNode call, Consumer<ChatEvent> to) {
            int index = call.path("index").asInt(0);
            // Only the first piece of a call names it.
            if (index >= calls) {
                calls = index + 1;
                to.accept(begun(index, call));
            }
            to.accept(new ChatEvent.CallArguments(
                    index, call.path("function").path("arguments").asString("")));
        }
    }
}
