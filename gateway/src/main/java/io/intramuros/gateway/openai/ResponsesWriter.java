// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.EventFrames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a stream of {@code /v1/responses}: items one after the other, each opened, filled and closed, and a number on
 * every event.
 */
final class ResponsesWriter implements AnswerWriter {
    private static final String RESPONSE = "response.";

    private final Exchange exchange;
    private final ResponsesTold told;
    private final ArrayNode output = StrictJson.array();
    private StopReason reason = StopReason.STOP;
    private @Nullable Part open;
    private int number;

    ResponsesWriter(Exchange exchange) {
        this.exchange = exchange;
        this.told = new ResponsesTold(exchange);
    }

    @Override
    public void event(ChatEvent event, ByteArrayOutputStream out) {
        begin(out);
        switch (event) {
            case ChatEvent.Said(String piece) -> {
                if (!(open instanceof Part.Text)) open(new Part.Text(""), out);
                if (open instanceof Part.Text(String text)) open = new Part.Text(text + piece);
                ObjectNode delta = ofPart("output_text.delta").put("delta", piece);
                delta.putArray("logprobs");
                write(delta, out);
            }
            case ChatEvent.Thought(String piece) -> {
                if (!(open instanceof Part.Thinking)) open(new Part.Thinking(""), out);
                if (open instanceof Part.Thinking(String text)) open = new Part.Thinking(text + piece);
                write(ofPart("reasoning_text.delta").put("delta", piece), out);
            }
            case ChatEvent.CallBegun begun -> open(new Part.Call(begun.id(), begun.name(), ""), out);
            case ChatEvent.CallArguments(int _, String piece) -> {
                if (open instanceof Part.Call(String id, String name, String arguments))
                    open = new Part.Call(id, name, arguments + piece);
                write(ofItem("function_call_arguments.delta").put("delta", piece), out);
            }
            case ChatEvent.Ended end -> {
                close(out);
                reason = end.reason();
            }
            case ChatEvent.Counted _ -> {
                // stands in the last event
            }
        }
    }

    private void begin(ByteArrayOutputStream out) {
        if (number > 0) return;
        for (String type : new String[] {"created", "in_progress"}) {
            ObjectNode event = event(type);
            event.set("response", told.response("in_progress", StrictJson.array()));
            write(event, out);
        }
    }

    private void open(Part part, ByteArrayOutputStream out) {
        close(out);
        open = part;
        ObjectNode added = event("output_item.added").put("output_index", output.size());
        added.set("item", told.item(part, output.size(), false));
        write(added, out);
        part(part, "content_part.added", out);
    }

    private void close(ByteArrayOutputStream out) {
        Part whole = open;
        if (whole == null) return;
        switch (whole) {
            case Part.Text(String text) -> {
                ObjectNode done = ofPart("output_text.done").put("text", text);
                done.putArray("logprobs");
                write(done, out);
            }
            case Part.Thinking(String text) ->
                write(ofPart("reasoning_text.done").put("text", text), out);
            case Part.Call(String _, String name, String arguments) ->
                write(ofItem("function_call_arguments.done").put("name", name).put("arguments", arguments), out);
            case Part.Result _ -> throw new IllegalStateException("part: a result (expected: what a model says)");
        }
        part(whole, "content_part.done", out);
        ObjectNode item = told.item(whole, output.size(), true);
        ObjectNode done = event("output_item.done").put("output_index", output.size());
        done.set("item", item);
        write(done, out);
        output.add(item);
        open = null;
    }

    /** Says that the content of an item begins or ends; a call has none. */
    private void part(Part part, String type, ByteArrayOutputStream out) {
        if (part instanceof Part.Call) return;
        ObjectNode event = ofPart(type);
        event.set(
                "part",
                switch (part) {
                    case Part.Thinking(String text) -> ResponsesTold.thoughtPart(text);
                    case Part.Text(String text) -> ResponsesTold.textPart(text);
                    case Part.Call _, Part.Result _ -> StrictJson.object();
                });
        write(event, out);
    }

    private ObjectNode ofPart(String type) {
        return ofItem(type).put("content_index", 0);
    }

    private ObjectNode ofItem(String type) {
        Part part = open;
        if (part == null) throw new IllegalStateException(type + ": of no item (expected: one is open)");
        String id = told.item(part, output.size(), false).path("id").asString();
        return event(type).put("item_id", id).put("output_index", output.size());
    }

    private ObjectNode event(String type) {
        return StrictJson.object().put("type", RESPONSE + type).put("sequence_number", number++);
    }

    private static void write(ObjectNode event, ByteArrayOutputStream out) {
        EventFrames.write(event.path("type").asString(), event, out);
    }

    @Override
    public void done(Tokens tokens, ByteArrayOutputStream out) {
        ObjectNode response = told.ended(reason, output, tokens);
        ObjectNode last = event(response.path("status").asString());
        last.set("response", response);
        write(last, out);
    }

    @Override
    public void failed(Refusal refusal, ByteArrayOutputStream out) {
        write(
                StrictJson.object()
                        .put("type", "error")
                        .put("sequence_number", number++)
                        .put("code", refusal.code().code())
                        .put("message", refusal.message() + " (request " + exchange.id() + ")")
                        .put("param", refusal.param()),
                out);
    }
}
