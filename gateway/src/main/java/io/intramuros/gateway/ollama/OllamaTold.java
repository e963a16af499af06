// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Exchange;
import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers as Ollama does. Its times are nanoseconds. */
final class OllamaTold {
    private OllamaTold() {}

    /** A whole answer of a chat. */
    static byte[] chat(Exchange exchange, Answer.Told told) {
        ObjectNode root = head(exchange);
        message(told.message(), root.putObject("message"));
        end(exchange, told.ending(), told.tokens(), Duration.ZERO, root);
        return StrictJson.write(root);
    }

    /** A whole answer of a text. */
    static byte[] generate(Exchange exchange, Answer.Told told) {
        ObjectNode root = head(exchange);
        Message message = told.message();
        root.put("response", message.text());
        if (!message.thinking().isEmpty()) root.put("thinking", message.thinking());
        end(exchange, told.ending(), told.tokens(), Duration.ZERO, root);
        return StrictJson.write(root);
    }

    /** What says that a model is loaded, or would no longer be; models come and go here by nobody's wish. */
    static byte[] loaded(Exchange exchange, boolean chat) {
        ObjectNode body = exchange.found().request.get().body();
        ObjectNode root = head(exchange);
        if (chat) root.putObject("message").put("role", "assistant").put("content", "");
        else root.put("response", "");
        boolean unload = body.path("keep_alive").asString("").matches("0[smh]?");
        root.put("done", true).put("done_reason", unload ? "unload" : "load");
        return StrictJson.write(root);
    }

    static ObjectNode head(Exchange exchange) {
        return StrictJson.object()
                .put("model", exchange.found().request.get().model())
                .put("created_at", exchange.received().plus(exchange.elapsed()).toString());
    }

    private static void message(Message message, ObjectNode to) {
        to.put("role", "assistant").put("content", message.text());
        if (!message.thinking().isEmpty()) to.put("thinking", message.thinking());
        if (message.calls().isEmpty()) return;
        ArrayNode calls = to.putArray("tool_calls");
        for (Part.Call call : message.calls()) OllamaBodies.call(call, calls.addObject());
    }

    /**
     * The last fields of an answer.
     *
     * @param first how long it took to the first piece
     */
    static void end(Exchange exchange, ChatEvent.Ended ended, Tokens tokens, Duration first, ObjectNode to) {
        Duration total = exchange.elapsed();
        to.put("done", true);
        to.put("done_reason", ended.reason() == StopReason.LENGTH ? "length" : "stop");
        to.put("total_duration", total.toNanos());
        to.put("load_duration", 0);
        to.put("prompt_eval_count", tokens.in());
        to.put("prompt_eval_duration", first.toNanos());
        to.put("eval_count", tokens.out());
        to.put("eval_duration", total.minus(first).toNanos());
    }
}
