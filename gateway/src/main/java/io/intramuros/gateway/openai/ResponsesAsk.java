// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Option;
import io.intramuros.gateway.chat.Options;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.Tool;
import io.intramuros.gateway.dialect.OptionNames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in no protocol's words what a sound body of {@code /v1/responses} asks. */
final class ResponsesAsk {
    private static final String FORMAT = "text.format";

    /** Asked for by clients that keep no state; there is never any of it. */
    private static final Set<String> HARMLESS = Set.of("reasoning.encrypted_content");

    private static final OptionNames NAMES = new OptionNames(
            Map.of(
                    "temperature", Option.TEMPERATURE,
                    "top_p", Option.TOP_P,
                    "parallel_tool_calls", Option.PARALLEL_CALLS),
            Set.of(
                    "model",
                    "input",
                    "instructions",
                    "stream",
                    "stream_options",
                    "max_output_tokens",
                    "tools",
                    "tool_choice",
                    "reasoning",
                    "text",
                    "include",
                    // of the service's own books; no answer depends on them, and the answer says that it is not stored
                    "store",
                    "metadata",
                    "user",
                    "safety_identifier",
                    "prompt_cache_key",
                    "client_metadata",
                    "service_tier"));

    private ResponsesAsk() {}

    static Chat of(ModelRequest request) throws InexpressibleException {
        ObjectNode body = request.body();
        List<Tool> tools = new ArrayList<>();
        int index = 0;
        for (JsonNode tool : body.path("tools")) tools.add(tool(tool, "tools[" + index++ + "]"));
        return new Chat(
                messages(body), tools, OpenAiAsk.choice(body.path("tool_choice")), options(body), request.stream());
    }

    private static List<Message> messages(ObjectNode body) {
        List<Message> messages = new ArrayList<>();
        String instructions = body.path("instructions").asString("");
        if (!instructions.isEmpty()) messages.add(Message.of(Message.Role.SYSTEM, instructions));
        JsonNode input = body.path("input");
        if (input.isString()) messages.add(Message.of(Message.Role.USER, input.stringValue()));
        for (JsonNode item : input) add(item, messages);
        return messages;
    }

    /** What one answer said and called are several items here, and one turn elsewhere. */
    private static void add(JsonNode item, List<Message> to) {
        switch (item.path("type").asString("message")) {
            case "function_call" ->
                assistant(
                        new Part.Call(
                                item.path("call_id").asString(""),
                                item.path("name").asString(""),
                                item.path("arguments").asString("")),
                        to);
            case "function_call_output" ->
                to.add(new Message(
                        Message.Role.TOOL,
                        List.of(new Part.Result(
                                item.path("call_id").asString(""), "", OpenAiAsk.text(item.path("output"))))));
            case "reasoning" -> {
                String thought = item.path("content")
                        .valueStream()
                        .map(part -> part.path("text").asString(""))
                        .collect(Collectors.joining());
                if (!thought.isEmpty()) assistant(new Part.Thinking(thought), to);
            }
            default -> {
                String text = OpenAiAsk.text(item.path("content"));
                switch (item.path("role").asString("")) {
                    case "assistant" -> assistant(new Part.Text(text), to);
                    case "user" -> to.add(Message.of(Message.Role.USER, text));
                    default -> to.add(Message.of(Message.Role.SYSTEM, text));
                }
            }
        }
    }

    private static void assistant(Part part, List<Message> to) {
        if (to.isEmpty() || to.getLast().role() != Message.Role.ASSISTANT) {
            to.add(new Message(Message.Role.ASSISTANT, List.of(part)));
            return;
        }
        List<Part> parts = new ArrayList<>(to.getLast().parts());
        parts.add(part);
        to.set(to.size() - 1, new Message(Message.Role.ASSISTANT, parts));
    }

    private static Tool tool(JsonNode tool, String at) throws InexpressibleException {
        if (!tool.path("type").asString("").equals("function"))
            throw new InexpressibleException(
                    at + ".type", "must be \"function\": no tool runs on the server's side here");
        return OpenAiAsk.function(tool);
    }

    private static Options options(ObjectNode body) throws InexpressibleException {
        for (JsonNode include : body.path("include"))
            if (!HARMLESS.contains(include.asString("")))
                throw new InexpressibleException("include", "asks for what no node here gives");
        if (body.path("truncation").asString("disabled").equals("auto"))
            throw new InexpressibleException("truncation", "must be \"disabled\": nothing is left out in silence here");
        OptionNames.Taken taken = new OptionNames.Taken();
        ObjectNode without = body.deepCopy();
        without.remove("truncation");
        NAMES.read(without, "", taken);
        JsonNode effort = body.path("reasoning").path("effort");
        if (effort.isString()) taken.with(Option.EFFORT, "reasoning.effort", effort);
        JsonNode verbosity = body.path("text").path("verbosity");
        if (!verbosity.asString("medium").equals("medium")) taken.other("text.verbosity", verbosity);
        format(body.path("text").path("format"), taken);
        return taken.options();
    }

    private static void format(JsonNode format, OptionNames.Taken taken) {
        switch (format.path("type").asString("text")) {
            case "text" -> {
                // what comes anyway
            }
            case "json_object" -> taken.with(Option.FORMAT, FORMAT, StrictJson.string("json"));
            case "json_schema" -> taken.with(Option.FORMAT, FORMAT, format.path("schema"));
            default -> taken.other(FORMAT, format);
        }
    }
}
