// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Completion;
import io.intramuros.gateway.chat.Embedding;
import io.intramuros.gateway.chat.Given;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.Tool;
import io.intramuros.gateway.chat.ToolChoice;
import io.intramuros.gateway.dialect.Rules;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in no protocol's words what a sound body of the OpenAI API asks. */
final class OpenAiAsk {
    private OpenAiAsk() {}

    static Ask chat(ModelRequest request) throws InexpressibleException {
        ObjectNode body = request.body();
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : body.path("messages")) messages.add(message(message));
        List<Tool> tools = new ArrayList<>();
        int index = 0;
        for (JsonNode tool : body.path("tools")) tools.add(tool(tool, "tools[" + index++ + "]"));
        return new Chat(messages, tools, choice(body.path("tool_choice")), OpenAiOptions.read(body), request.stream());
    }

    static Ask completion(ModelRequest request) throws InexpressibleException {
        ObjectNode body = request.body();
        List<String> prompts = Rules.strings(body.path("prompt"));
        if (prompts.size() != 1) throw new InexpressibleException("prompt", "must be one text for this model");
        Optional<String> suffix = Optional.of(body.path("suffix").asString("")).filter(text -> !text.isEmpty());
        return new Completion(prompts.getFirst(), suffix, OpenAiOptions.read(body), request.stream());
    }

    static Ask embedding(ModelRequest request) {
        ObjectNode body = request.body();
        JsonNode dimensions = body.path("dimensions");
        return new Embedding(
                Rules.strings(body.path("input")),
                dimensions.isNumber() ? Optional.of(new Given("dimensions", dimensions)) : Optional.empty());
    }

    private static Message message(JsonNode message) {
        String text = text(message.path("content"));
        return switch (message.path("role").asString("")) {
            case "system", "developer" -> Message.of(Message.Role.SYSTEM, text);
            case "assistant" -> assistant(message, text);
            case "tool", "function" ->
                new Message(
                        Message.Role.TOOL,
                        List.of(new Part.Result(
                                message.path("tool_call_id").asString(""),
                                message.path("name").asString(""),
                                text)));
            default -> Message.of(Message.Role.USER, text);
        };
    }

    private static Message assistant(JsonNode message, String text) {
        List<Part> parts = new ArrayList<>();
        String thinking = message.path("reasoning_content").asString("");
        if (!thinking.isEmpty()) parts.add(new Part.Thinking(thinking));
        if (!text.isEmpty()) parts.add(new Part.Text(text));
        for (JsonNode call : message.path("tool_calls"))
            parts.add(new Part.Call(
                    call.path("id").asString(""),
                    call.path("function").path("name").asString(""),
                    call.path("function").path("arguments").asString("")));
        return new Message(Message.Role.ASSISTANT, parts);
    }

    /** The text of a content: a string, or its parts one after the other. */
    static String text(JsonNode content) {
        if (!content.isArray()) return content.asString("");
        return content.valueStream()
                .map(part -> part.path(part.has("text") ? "text" : "refusal").asString(""))
                .collect(Collectors.joining());
    }

    private static Tool tool(JsonNode tool, String at) throws InexpressibleException {
        JsonNode function = tool.path("function");
        if (!tool.path("type").asString("").equals("function") || !function.isObject())
            throw new InexpressibleException(at + ".type", "must be \"function\" for this model");
        return function(function);
    }

    /** A tool from the object that names and describes it. */
    static Tool function(JsonNode function) {
        JsonNode parameters = function.path("parameters");
        JsonNode strict = function.path("strict");
        return new Tool(
                function.path("name").asString(""),
                function.path("description").asString(""),
                parameters.isObject() ? parameters : StrictJson.object().put("type", "object"),
                strict.isBoolean() ? Optional.of(strict.booleanValue()) : Optional.empty());
    }

    static Optional<ToolChoice> choice(JsonNode choice) throws InexpressibleException {
        if (Rules.absent(choice)) return Optional.empty();
        String field = "tool_choice";
        String named = choice.path("function")
                .path("name")
                .asString(choice.path("name").asString(""));
        if (choice.isObject() && choice.path("type").asString("").equals("function"))
            return Optional.of(new ToolChoice(field, ToolChoice.How.ONE, named));
        return Optional.of(new ToolChoice(
                field,
                switch (choice.asString("")) {
                    case "auto" -> ToolChoice.How.AUTO;
                    case "none" -> ToolChoice.How.NONE;
                    case "required" -> ToolChoice.How.ANY;
                    default ->
                        throw new InexpressibleException(
                                field, "must be \"auto\", \"none\", \"required\" or one function");
                },
                ""));
    }
}
