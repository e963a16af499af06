// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Option;
import io.intramuros.gateway.chat.Options;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.Tool;
import io.intramuros.gateway.chat.ToolChoice;
import io.intramuros.gateway.dialect.OptionNames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in no protocol's words what a sound body of the Messages API asks. */
final class AnthropicAsk {
    /** From how many tokens of thinking on an effort counts as this one; the API names budgets, others name efforts. */
    private static final long MEDIUM = 4_096;

    private static final long HIGH = 16_384;

    private static final OptionNames NAMES = new OptionNames(
            Map.of(
                    "temperature", Option.TEMPERATURE,
                    "top_p", Option.TOP_P,
                    "top_k", Option.TOP_K,
                    "stop_sequences", Option.STOP),
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "max_tokens",
                    "stream",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    // of the service's own books and caches; no answer depends on them
                    "metadata",
                    "service_tier",
                    "cache_control"));

    /** Of a tool: what it is, and hints about caches and the order of events. */
    private static final Set<String> OF_A_TOOL = Set.of(
            "type",
            "name",
            "description",
            "input_schema",
            "strict",
            "cache_control",
            "eager_input_streaming",
            "input_examples");

    private AnthropicAsk() {}

    static Chat of(ModelRequest request) throws InexpressibleException {
        ObjectNode body = request.body();
        List<Message> messages = new ArrayList<>();
        String system = text(body.path("system"));
        if (!system.isEmpty()) messages.add(Message.of(Message.Role.SYSTEM, system));
        Map<String, String> called = new HashMap<>();
        for (JsonNode message : body.path("messages")) turn(message, called, messages);
        List<Tool> tools = new ArrayList<>();
        int index = 0;
        for (JsonNode tool : body.path("tools")) tools.add(tool(tool, "tools[" + index++ + "]"));
        JsonNode choice = body.path("tool_choice");
        return new Chat(
                messages,
                tools,
                choice.isObject() ? Optional.of(choice(choice)) : Optional.empty(),
                options(body),
                request.stream());
    }

    /** One turn here may be several elsewhere: results of tools are turns of their own there. */
    private static void turn(JsonNode message, Map<String, String> called, List<Message> to) {
        Message.Role role =
                message.path("role").asString("").equals("user") ? Message.Role.USER : Message.Role.ASSISTANT;
        JsonNode content = message.path("content");
        if (content.isString()) {
            to.add(Message.of(role, content.stringValue()));
            return;
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode block : content) {
            Part part = part(block, called);
            if (part instanceof Part.Result) to.add(new Message(Message.Role.TOOL, List.of(part)));
            else parts.add(part);
        }
        if (!parts.isEmpty()) to.add(new Message(role, parts));
    }

    private static Part part(JsonNode block, Map<String, String> called) {
        return switch (block.path("type").asString("")) {
            case "tool_use" -> {
                String id = block.path("id").asString("");
                String name = block.path("name").asString("");
                called.put(id, name);
                yield new Part.Call(id, name, StrictJson.text(block.path("input")));
            }
            case "tool_result" -> {
                String id = block.path("tool_use_id").asString("");
                boolean failed = block.path("is_error").asBoolean(false);
                // Elsewhere a failure is a word of the text.
                String text = (failed ? "Error: " : "") + text(block.path("content"));
                yield new Part.Result(id, called.getOrDefault(id, ""), text);
            }
            case "thinking" -> new Part.Thinking(block.path("thinking").asString(""));
            default -> new Part.Text(block.path("text").asString(""));
        };
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) return content.asString("");
        return content.valueStream()
                .map(block -> block.path("text").asString(""))
                .collect(Collectors.joining("\n"));
    }

    private static Tool tool(JsonNode tool, String at) throws InexpressibleException {
        for (var member : tool.properties())
            if (!OF_A_TOOL.contains(member.getKey()) && member.getValue().asBoolean(true))
                throw new InexpressibleException(at + "." + member.getKey(), "cannot be passed on to a node");
        JsonNode strict = tool.path("strict");
        return new Tool(
                tool.path("name").asString(""),
                tool.path("description").asString(""),
                tool.path("input_schema"),
                strict.isBoolean() ? Optional.of(strict.booleanValue()) : Optional.empty());
    }

    private static ToolChoice choice(JsonNode choice) {
        return switch (choice.path("type").asString("")) {
            case "any" -> new ToolChoice("tool_choice", ToolChoice.How.ANY, "");
            case "none" -> new ToolChoice("tool_choice", ToolChoice.How.NONE, "");
            case "tool" ->
                new ToolChoice(
                        "tool_choice", ToolChoice.How.ONE, choice.path("name").asString(""));
            default -> new ToolChoice("tool_choice", ToolChoice.How.AUTO, "");
        };
    }

    private static Options options(ObjectNode body) {
        OptionNames.Taken taken = NAMES.read(body, "", new OptionNames.Taken());
        if (body.path("tool_choice").path("disable_parallel_tool_use").asBoolean(false))
            taken.with(Option.PARALLEL_CALLS, "tool_choice.disable_parallel_tool_use", StrictJson.truth(false));
        JsonNode thinking = body.path("thinking");
        if (thinking.path("type").asString("").equals("enabled"))
            taken.with(Option.EFFORT, "thinking", StrictJson.string(effort(thinking)));
        JsonNode output = body.path("output_config");
        if (output.path("effort").isString()) taken.with(Option.EFFORT, "output_config.effort", output.path("effort"));
        JsonNode form = output.path("format");
        if (form.path("schema").isObject()) taken.with(Option.FORMAT, "output_config.format", form.path("schema"));
        else if (form.isObject()) taken.other("output_config.format", form);
        return taken.options();
    }

    private static String effort(JsonNode thinking) {
        long budget = thinking.path("budget_tokens").asLong(MEDIUM);
        if (budget >= HIGH) return "high";
        return budget >= MEDIUM ? "medium" : "low";
    }
}
