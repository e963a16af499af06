// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Completion;
import io.intramuros.gateway.chat.Embedding;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.Tool;
import io.intramuros.gateway.chat.ToolChoice;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.dialect.Turns;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.InexpressibleException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is asked as a node of Ollama's API takes it. */
final class OllamaBodies {
    private OllamaBodies() {}

    static ObjectNode chat(Chat chat, Exchange exchange) throws InexpressibleException {
        ObjectNode body = StrictJson.object().put("model", "");
        ArrayNode messages = body.putArray("messages");
        for (Message message : chat.messages())
            Turns.add(message, messages, OllamaBodies::assistant, OllamaBodies::result);
        boolean mayCall = mayCall(chat);
        if (mayCall && !chat.tools().isEmpty()) tools(chat, body.putArray("tools"));
        body.put("stream", chat.stream());
        OllamaOptions.write(chat.options(), body, exchange);
        return body;
    }

    static ObjectNode generate(Completion completion, Exchange exchange) throws InexpressibleException {
        ObjectNode body = StrictJson.object().put("model", "").put("prompt", completion.prompt());
        // A text with a gap is put together by the model's own template, any other goes as it is.
        if (completion.suffix().isPresent())
            body.put("suffix", completion.suffix().get());
        else body.put("raw", true);
        body.put("stream", completion.stream());
        OllamaOptions.write(completion.options(), body, exchange);
        return body;
    }

    static ObjectNode embed(Embedding embedding, Exchange exchange) {
        ObjectNode body = Turns.inputs(embedding);
        OllamaOptions.pin(body, exchange);
        return body;
    }

    private static boolean mayCall(Chat chat) throws InexpressibleException {
        if (chat.choice().isEmpty()) return true;
        ToolChoice choice = chat.choice().get();
        return switch (choice.how()) {
            case AUTO -> true;
            case NONE -> false;
            case ANY, ONE ->
                throw new InexpressibleException(
                        choice.field(), "can only leave the choice to the model, or forbid calls, for this model");
        };
    }

    private static void assistant(Message message, ObjectNode to) {
        to.put("role", "assistant").put("content", message.text());
        String thinking = message.thinking();
        if (!thinking.isEmpty()) to.put("thinking", thinking);
        if (message.calls().isEmpty()) return;
        ArrayNode calls = to.putArray("tool_calls");
        for (Part.Call call : message.calls()) call(call, calls.addObject());
    }

    /** A call as this API writes it: its arguments are an object. */
    static void call(Part.Call call, ObjectNode to) {
        to.put("id", call.id());
        ObjectNode function = to.putObject("function").put("name", call.name());
        function.set("arguments", StrictJson.arguments(call.arguments()));
    }

    private static void result(Part part, ArrayNode to) {
        if (!(part instanceof Part.Result(String call, String name, String text))) return;
        ObjectNode result =
                to.addObject().put("role", "tool").put("content", text).put("tool_call_id", call);
        if (!name.isEmpty()) result.put("tool_name", name);
    }

    private static void tools(Chat chat, ArrayNode to) throws InexpressibleException {
        int index = 0;
        for (Tool tool : chat.tools()) {
            if (tool.strict().orElse(false))
                throw new InexpressibleException(
                        "tools[" + index + "].strict", "cannot be kept to by the node of this model");
            ObjectNode function = to.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            function.set("parameters", tool.schema());
            index++;
        }
    }
}
