// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.EventFrames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a stream as the Messages API does: blocks one after the other, each opened and closed, between
 * {@code message_start} and {@code message_stop}. Every frame has its {@code event:} line, without which clients drop it.
 */
final class MessageWriter implements AnswerWriter {
    private final Exchange exchange;
    private boolean begun;
    private int block;
    private @Nullable Kind open;
    private ChatEvent.@Nullable Ended ended;

    private enum Kind {
        TEXT,
        THINKING,
        CALL
    }

    MessageWriter(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void event(ChatEvent event, ByteArrayOutputStream out) {
        begin(out);
        switch (event) {
            case ChatEvent.Said(String piece) -> {
                open(Kind.TEXT, StrictJson.object().put("type", "text").put("text", ""), out);
                delta(StrictJson.object().put("type", "text_delta").put("text", piece), out);
            }
            case ChatEvent.Thought(String piece) -> {
                open(
                        Kind.THINKING,
                        StrictJson.object()
                                .put("type", "thinking")
                                .put("thinking", "")
                                .put("signature", ""),
                        out);
                delta(StrictJson.object().put("type", "thinking_delta").put("thinking", piece), out);
            }
            case ChatEvent.CallBegun(int _, String id, String name) -> {
                close(out);
                ObjectNode call = StrictJson.object()
                        .put("type", "tool_use")
                        .put("id", id)
                        .put("name", name);
                call.putObject("input");
                open(Kind.CALL, call, out);
            }
            case ChatEvent.CallArguments(int _, String piece) ->
                delta(StrictJson.object().put("type", "input_json_delta").put("partial_json", piece), out);
            case ChatEvent.Ended end -> {
                close(out);
                ended = end;
            }
            case ChatEvent.Counted _ -> {
                // stands in the last events
            }
        }
    }

    private void begin(ByteArrayOutputStream out) {
        if (begun) return;
        begun = true;
        ObjectNode start = StrictJson.object().put("type", "message_start");
        ObjectNode message = AnthropicTold.empty(exchange);
        long prompt = exchange.found().estimate.get().in();
        AnthropicTold.usage(new Tokens(prompt, 0, 0, 0), message.putObject("usage"));
        start.set("message", message);
        EventFrames.write("message_start", start, out);
        EventFrames.write("ping", StrictJson.object().put("type", "ping"), out);
    }

    private void open(Kind kind, ObjectNode content, ByteArrayOutputStream out) {
        if (open == kind) return;
        close(out);
        open = kind;
        ObjectNode start =
                StrictJson.object().put("type", "content_block_start").put("index", block);
        start.set("content_block", content);
        EventFrames.write("content_block_start", start, out);
    }

    private void delta(ObjectNode delta, ByteArrayOutputStream out) {
        ObjectNode frame =
                StrictJson.object().put("type", "content_block_delta").put("index", block);
        frame.set("delta", delta);
        EventFrames.write("content_block_delta", frame, out);
    }

    private void close(ByteArrayOutputStream out) {
        if (open == null) return;
        open = null;
        EventFrames.write(
                "content_block_stop",
                StrictJson.object().put("type", "content_block_stop").put("index", block++),
                out);
    }

    @Override
    public void done(Tokens tokens, ByteArrayOutputStream out) {
        ObjectNode frame = StrictJson.object().put("type", "message_delta");
        ObjectNode delta = frame.putObject("delta");
        Optional.ofNullable(ended).ifPresent(end -> AnthropicTold.ending(end, delta));
        AnthropicTold.usage(tokens, frame.putObject("usage"));
        EventFrames.write("message_delta", frame, out);
        EventFrames.write("message_stop", StrictJson.object().put("type", "message_stop"), out);
    }

    @Override
    public void failed(Refusal refusal, ByteArrayOutputStream out) {
        EventFrames.write("error", Anthropic.tree(refusal, exchange.id()), out);
    }
}
