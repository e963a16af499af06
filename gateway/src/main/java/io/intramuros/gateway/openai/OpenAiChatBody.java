// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Message;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.Tool;
import io.intramuros.gateway.chat.ToolChoice;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.dialect.Turns;
import io.intramuros.gateway.exchange.InexpressibleException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a chat as a node of the OpenAI API takes it. */
final class OpenAiChatBody {
    private OpenAiChatBody() {}

    /**
     * The body.
     *
     * @param cap the most tokens of the answer
     */
    static ObjectNode of(Chat chat, long cap) throws InexpressibleException {
        ObjectNode body = StrictJson.object();
        body.put("model", "");
        ArrayNode messages = body.putArray("messages");
        for (Message message : chat.messages())
            Turns.add(message, messages, OpenAiChatBody::assistant, OpenAiChatBody::result);
        if (!chat.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            for (Tool tool : chat.tools()) tool(tool, tools.addObject());
        }
        chat.choice().ifPresent(choice -> choice(choice, body));
        OpenAiOptions.write(chat.options(), body);
        OpenAiForward.capped(body, cap, chat.stream());
        return body;
    }

    static void assistant(Message message, ObjectNode to) {
        to.put("role", "assistant");
        String text = message.text();
        to.put("content", text.isEmpty() && !message.calls().isEmpty() ? null : text);
        String thinking = message.thinking();
        if (!thinking.isEmpty()) to.put("reasoning_content", thinking);
        if (message.calls().isEmpty()) return;
        ArrayNode calls = to.putArray("tool_calls");
        for (Part.Call call : message.calls()) {
            ObjectNode written = calls.addObject().put("id", call.id()).put("type", "function");
            written.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        }
    }

    private static void result(Part part, ArrayNode to) {
        if (part instanceof Part.Result(String call, String _, String text))
            to.addObject().put("role", "tool").put("tool_call_id", call).put("content", text);
    }

    private static void tool(Tool tool, ObjectNode to) {
        ObjectNode function = to.put("type", "function").putObject("function");
        function.put("name", tool.name());
        if (!tool.description().isEmpty()) function.put("description", tool.description());
        function.set("parameters", tool.schema());
        tool.strict().ifPresent(strict -> function.put("strict", strict));
    }

    private static void choice(ToolChoice choice, ObjectNode body) {
        switch (choice.how()) {
            case AUTO -> body.put("tool_choice", "auto");
            case NONE -> body.put("tool_choice", "none");
            case ANY -> body.put("tool_choice", "required");
            case ONE ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", choice.tool());
        }
    }
}
