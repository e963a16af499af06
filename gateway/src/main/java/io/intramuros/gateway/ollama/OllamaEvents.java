// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.ChatReader;
import io.intramuros.gateway.dialect.JsonLines;
import io.intramuros.gateway.dialect.StrictJson;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a node of Ollama's API answers to a chat or a text. */
final class OllamaEvents implements ChatReader {
    static final OllamaEvents INSTANCE = new OllamaEvents();

    private OllamaEvents() {}

    @Override
    public boolean whole(ObjectNode answer, Consumer<ChatEvent> to) {
        if (!answer.path("message").isObject() && !answer.path("response").isString()) return false;
        Line line = new Line();
        line.read(answer, to);
        return line.done;
    }

    @Override
    public StreamReader stream() {
        JsonLines lines = new JsonLines();
        Line line = new Line();
        return (bytes, to) -> lines.accept(bytes).forEach(object -> line.read(object, to));
    }

    /** Reads one line after the other. */
    private static final class Line {
        private int calls;
        private boolean done;

        void read(ObjectNode line, Consumer<ChatEvent> to) {
            JsonNode message = line.path("message");
            String thought =
                    message.path("thinking").asString(line.path("thinking").asString(""));
            to.accept(new ChatEvent.Thought(thought));
            to.accept(new ChatEvent.Said(
                    message.path("content").asString(line.path("response").asString(""))));
            for (JsonNode call : message.path("tool_calls")) call(call, to);
            if (!line.path("done").asBoolean(false)) return;
            done = true;
            to.accept(new ChatEvent.Ended(reason(line.path("done_reason").asString("")), Optional.empty()));
            to.accept(new ChatEvent.Counted(tokens(line)));
        }

        private void call(JsonNode call, Consumer<ChatEvent> to) {
            int index = calls++;
            JsonNode function = call.path("function");
            String minted = "call_" + UUID.randomUUID().toString().replace("-", "");
            to.accept(new ChatEvent.CallBegun(
                    index,
                    call.path("id").asString(minted),
                    function.path("name").asString("")));
            to.accept(new ChatEvent.CallArguments(index, StrictJson.text(function.path("arguments"))));
        }
    }

    private static StopReason reason(String word) {
        return word.equals("length") ? StopReason.LENGTH : StopReason.STOP;
    }

    /** The use that a last line reports. */
    static Tokens tokens(JsonNode line) {
        return new Tokens(
                Math.max(0, line.path("prompt_eval_count").asLong(0)),
                Math.max(0, line.path("eval_count").asLong(0)),
                0,
                0);
    }
}
