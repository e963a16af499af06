// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.JsonLines;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes a stream as Ollama does: a JSON object a line. A call of a tool is one piece, once it is whole. */
final class LineWriter implements AnswerWriter {
    private final Exchange exchange;
    private final boolean chat;
    private ChatEvent.Ended ended = new ChatEvent.Ended(StopReason.STOP, Optional.empty());
    private @Nullable Duration first;
    private Part.@Nullable Call call;

    private LineWriter(Exchange exchange, boolean chat) {
        this.exchange = exchange;
        this.chat = chat;
    }

    /** Of a chat. */
    static LineWriter ofChat(Exchange exchange) {
        return new LineWriter(exchange, true);
    }

    /** Of a text. */
    static LineWriter ofText(Exchange exchange) {
        return new LineWriter(exchange, false);
    }

    @Override
    public void event(ChatEvent event, ByteArrayOutputStream out) {
        if (first == null) first = exchange.elapsed();
        if (!(event instanceof ChatEvent.CallArguments)) called(out);
        switch (event) {
            case ChatEvent.Said(String piece) -> piece(piece, "", out);
            case ChatEvent.Thought(String piece) -> piece("", piece, out);
            case ChatEvent.CallBegun begun -> call = new Part.Call(begun.id(), begun.name(), "");
            case ChatEvent.CallArguments(int _, String piece) -> {
                Part.Call open = call;
                if (open != null) call = new Part.Call(open.id(), open.name(), open.arguments() + piece);
            }
            case ChatEvent.Ended end -> ended = end;
            case ChatEvent.Counted _ -> {
                // stands in the last line
            }
        }
    }

    private void piece(String said, String thought, ByteArrayOutputStream out) {
        ObjectNode line = OllamaTold.head(exchange);
        if (chat) {
            ObjectNode message =
                    line.putObject("message").put("role", "assistant").put("content", said);
            if (!thought.isEmpty()) message.put("thinking", thought);
        } else {
            line.put("response", said);
            if (!thought.isEmpty()) line.put("thinking", thought);
        }
        JsonLines.write(line.put("done", false), out);
    }

    private void called(ByteArrayOutputStream out) {
        Part.Call whole = call;
        call = null;
        if (whole == null) return;
        ObjectNode line = OllamaTold.head(exchange);
        ObjectNode message = line.putObject("message").put("role", "assistant").put("content", "");
        OllamaBodies.call(whole, message.putArray("tool_calls").addObject());
        JsonLines.write(line.put("done", false), out);
    }

    @Override
    public void done(Tokens tokens, ByteArrayOutputStream out) {
        ObjectNode line = OllamaTold.head(exchange);
        if (chat) line.putObject("message").put("role", "assistant").put("content", "");
        else line.put("response", "");
        Duration begun = first;
        OllamaTold.end(exchange, ended, tokens, begun == null ? Duration.ZERO : begun, line);
        JsonLines.write(line, out);
    }

    @Override
    public void failed(Refusal refusal, ByteArrayOutputStream out) {
        JsonLines.write(Ollama.tree(refusal, exchange.id()), out);
    }
}
