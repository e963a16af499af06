// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Completion;
import io.intramuros.gateway.chat.Embedding;
import io.intramuros.gateway.chat.Given;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Options;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.Tool;
import io.intramuros.gateway.dialect.Rules;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in no protocol's words what a sound body of Ollama's API asks. */
final class OllamaAsk {
    private OllamaAsk() {}

    static Ask chat(ModelRequest request) throws InexpressibleException {
        ObjectNode body = request.body();
        Turns turns = new Turns();
        for (JsonNode message : body.path("messages")) turns.add(message);
        List<Tool> tools = new ArrayList<>();
        int index = 0;
        for (JsonNode tool : body.path("tools")) tools.add(tool(tool, "tools[" + index++ + "]"));
        return new Chat(turns.messages, tools, Optional.empty(), OllamaOptions.read(body), request.stream());
    }

    static Ask generate(ModelRequest request) throws InexpressibleException {
        ObjectNode body = request.body();
        String prompt = body.path("prompt").asString("");
        String system = body.path("system").asString("");
        Options options = OllamaOptions.read(body);
        if (request.operation() != Operation.CHAT) {
            if (!system.isEmpty()) throw new InexpressibleException("system", "has no place in a raw text");
            Optional<String> suffix =
                    Optional.of(body.path("suffix").asString("")).filter(text -> !text.isEmpty());
            return new Completion(prompt, suffix, options, request.stream());
        }
        List<Message> messages = new ArrayList<>();
        if (!system.isEmpty()) messages.add(Message.of(Message.Role.SYSTEM, system));
        messages.add(Message.of(Message.Role.USER, prompt));
        return new Chat(messages, List.of(), Optional.empty(), options, request.stream());
    }

    static Ask embedding(ModelRequest request, String field) {
        ObjectNode body = request.body();
        JsonNode dimensions = body.path("dimensions");
        return new Embedding(
                Rules.strings(body.path(field)),
                dimensions.isNumber() ? Optional.of(new Given("dimensions", dimensions)) : Optional.empty());
    }

    private static Tool tool(JsonNode tool, String at) throws InexpressibleException {
        JsonNode function = tool.path("function");
        if (!function.isObject()) throw new InexpressibleException(at + ".function", "must be an object");
        JsonNode parameters = function.path("parameters");
        return new Tool(
                function.path("name").asString(""),
                function.path("description").asString(""),
                parameters.isObject() ? parameters : StrictJson.object().put("type", "object"),
                Optional.empty());
    }

    /** Turns, and the ids of calls: many clients of this API send none, and others cannot do without. */
    private static final class Turns {
        private final List<Message> messages = new ArrayList<>();
        private final Deque<String> open = new ArrayDeque<>();
        private int calls;

        void add(JsonNode message) {
            String text = message.path("content").asString("");
            switch (message.path("role").asString("")) {
                case "system" -> messages.add(Message.of(Message.Role.SYSTEM, text));
                case "assistant" -> assistant(message, text);
                case "tool" -> {
                    String next = open.isEmpty() ? "" : open.poll();
                    String id = message.path("tool_call_id").asString(next);
                    messages.add(new Message(
                            Message.Role.TOOL,
                            List.of(new Part.Result(
                                    id, message.path("tool_name").asString(""), text))));
                }
                default -> messages.add(Message.of(Message.Role.USER, text));
            }
        }

        private void assistant(JsonNode message, String text) {
            List<Part> parts = new ArrayList<>();
            String thinking = message.path("thinking").asString("");
            if (!thinking.isEmpty()) parts.add(new Part.Thinking(thinking));
            if (!text.isEmpty()) parts.add(new Part.Text(text));
            open.clear();
            for (JsonNode call : message.path("tool_calls")) {
                String id = call.path("id").asString("call_" + calls++);
                open.add(id);
                parts.add(new Part.Call(
                        id,
                        call.path("function").path("name").asString(""),
                        StrictJson.text(call.path("function").path("arguments"))));
            }
            messages.add(new Message(Message.Role.ASSISTANT, parts));
        }
    }
}
