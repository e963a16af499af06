// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.EventFrames;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Writes a stream as the OpenAI API does, of chats or of texts. */
final class ChunkWriter implements AnswerWriter {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final Exchange exchange;
    private final boolean chat;
    private final boolean includeUsage;
    private boolean begun;

    private ChunkWriter(Exchange exchange, boolean chat) {
        this.exchange = exchange;
        this.chat = chat;
        this.includeUsage = OpenAiStream.wantsUsage(exchange);
    }

    /** Of a chat. */
    static ChunkWriter ofChat(Exchange exchange) {
        return new ChunkWriter(exchange, true);
    }

    /** Of a text. */
    static ChunkWriter ofText(Exchange exchange) {
        return new ChunkWriter(exchange, false);
    }

    @Override
    public void event(ChatEvent event, ByteArrayOutputStream out) {
        if (chat) chatEvent(event, out);
        else textEvent(event, out);
    }

    private void chatEvent(ChatEvent event, ByteArrayOutputStream out) {
        if (!begun) {
            begun = true;
            write(
                    out,
                    choice -> choice.putObject("delta").put("role", "assistant").put("content", ""));
        }
        switch (event) {
            case ChatEvent.Said(String piece) ->
                write(out, choice -> choice.putObject("delta").put("content", piece));
            case ChatEvent.Thought(String piece) ->
                write(out, choice -> choice.putObject("delta").put("reasoning_content", piece));
            case ChatEvent.CallBegun(int index, String id, String name) ->
                write(
                        out,
                        choice -> call(choice, index)
                                .put("id", id)
                                .put("type", "function")
                                .putObject("function")
                                .put("name", name)
                                .put("arguments", ""));
            case ChatEvent.CallArguments(int index, String piece) ->
                write(out, choice -> call(choice, index).putObject("function").put("arguments", piece));
            case ChatEvent.Ended end ->
                write(out, choice -> {
                    choice.putObject("delta");
                    choice.put("finish_reason", OpenAiTold.reason(end.reason()));
                });
            case ChatEvent.Counted _ -> {
                // stands in the last chunk
            }
        }
    }

    private void textEvent(ChatEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case ChatEvent.Said(String piece) -> write(out, choice -> choice.put("text", piece));
            case ChatEvent.Ended end ->
                write(out, choice -> choice.put("text", "").put("finish_reason", OpenAiTold.reason(end.reason())));
            case ChatEvent.Thought _, ChatEvent.CallBegun _, ChatEvent.CallArguments _, ChatEvent.Counted _ -> {
                // no part of a text
            }
        }
    }

    private static ObjectNode call(ObjectNode choice, int index) {
        return choice.putObject("delta").putArray("tool_calls").addObject().put("index", index);
    }

    private void write(ByteArrayOutputStream out, Consumer<ObjectNode> fill) {
        ObjectNode chunk = head();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putNull("logprobs");
        choice.putNull("finish_reason");
        fill.accept(choice);
        if (includeUsage) chunk.putNull("usage");
        EventFrames.write(chunk, out);
    }

    private ObjectNode head() {
        return chat
                ? OpenAiTold.head(exchange, "chatcmpl-", "chat.completion.chunk")
                : OpenAiTold.head(exchange, "cmpl-", "text_completion");
    }

    @Override
    public void done(Tokens tokens, ByteArrayOutputStream out) {
        if (includeUsage) {
            ObjectNode last = head();
            last.putArray("choices");
            OpenAiTold.usage(tokens, last.putObject("usage"));
            EventFrames.write(last, out);
        }
        out.writeBytes(DONE);
    }

    @Override
    public void failed(Refusal refusal, ByteArrayOutputStream out) {
        EventFrames.write(OpenAiErrors.tree(refusal, exchange.id()), out);
    }
}
