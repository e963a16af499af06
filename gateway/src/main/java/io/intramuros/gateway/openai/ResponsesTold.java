// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Exchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers of {@code /v1/responses}. */
final class ResponsesTold {
    private final Exchange exchange;
    private final String suffix;

    ResponsesTold(Exchange exchange) {
        this.exchange = exchange;
        this.suffix = exchange.id().replace("-", "");
    }

    static byte[] whole(Exchange exchange, Answer.Told told) {
        ResponsesTold writer = new ResponsesTold(exchange);
        ArrayNode output = StrictJson.array();
        for (Part part : told.parts()) output.add(writer.item(part, output.size(), true));
        return StrictJson.write(writer.ended(told.reason(), output, told.tokens()));
    }

    /** A response that is over. */
    ObjectNode ended(StopReason reason, ArrayNode output, Tokens tokens) {
        boolean whole = reason == StopReason.STOP || reason == StopReason.CALLS;
        ObjectNode response = response(whole ? "completed" : "incomplete", output);
        if (!whole)
            response.putObject("incomplete_details")
                    .put("reason", reason == StopReason.LENGTH ? "max_output_tokens" : "content_filter");
        ObjectNode usage = response.putObject("usage").put("input_tokens", tokens.in());
        usage.putObject("input_tokens_details")
                .put("cached_tokens", tokens.cached())
                .put("cache_write_tokens", 0);
        usage.put("output_tokens", tokens.out());
        usage.putObject("output_tokens_details").put("reasoning_tokens", tokens.reasoning());
        usage.put("total_tokens", tokens.total());
        return response;
    }

    /** A response as it stands; what the caller said comes back as the caller said it. */
    ObjectNode response(String status, ArrayNode output) {
        ObjectNode asked = exchange.found().request.get().body();
        ObjectNode response = StrictJson.object()
                .put("id", "resp_" + suffix)
                .put("object", "response")
                .put("created_at", exchange.received().getEpochSecond())
                .put("status", status)
                .put("background", false)
                .putNull("error")
                .putNull("incomplete_details");
        response.set("instructions", restored(asked.path("instructions")));
        response.put("max_output_tokens", exchange.outputCap());
        response.put("model", exchange.found().model.get().name());
        response.set("output", output);
        response.put("parallel_tool_calls", asked.path("parallel_tool_calls").asBoolean(true));
        response.putNull("previous_response_id");
        ObjectNode reasoning = response.putObject("reasoning");
        reasoning.set("effort", orNull(asked.path("reasoning").path("effort")));
        reasoning.putNull("summary");
        response.put("store", false);
        response.set("temperature", number(asked.path("temperature")));
        response.set("text", text(asked.path("text")));
        JsonNode choice = asked.path("tool_choice");
        response.set("tool_choice", choice.isMissingNode() ? StrictJson.string("auto") : choice);
        JsonNode tools = asked.path("tools");
        response.set("tools", tools.isArray() ? restored(tools) : StrictJson.array());
        response.set("top_p", number(asked.path("top_p")));
        response.put("truncation", "disabled");
        response.putNull("usage");
        response.putNull("user");
        JsonNode metadata = asked.path("metadata");
        response.set("metadata", metadata.isObject() ? restored(metadata) : StrictJson.object());
        return response;
    }

    private static JsonNode text(JsonNode text) {
        if (text.isObject() && text.has("format")) return text;
        ObjectNode plain = StrictJson.object();
        plain.putObject("format").put("type", "text");
        return plain;
    }

    private static JsonNode number(JsonNode given) {
        return given.isNumber() ? given : StrictJson.object().put("x", 1.0).path("x");
    }

    private static @Nullable JsonNode orNull(JsonNode given) {
        return given.isMissingNode() ? null : given;
    }

    private JsonNode restored(JsonNode given) {
        if (given.isMissingNode()) return StrictJson.nothing();
        ObjectNode around = StrictJson.object();
        around.set("x", given.deepCopy());
        OpenAiAnswer.texts(around, exchange.found().filters.get());
        return around.path("x");
    }

    /**
     * An item of the output.
     *
     * @param whole whether it is all there
     */
    ObjectNode item(Part part, int index, boolean whole) {
        String status = whole ? "completed" : "in_progress";
        return switch (part) {
            case Part.Text(String text) -> {
                ObjectNode item =
                        item("message", "msg_", index).put("status", status).put("role", "assistant");
                ArrayNode content = item.putArray("content");
                if (whole) content.add(textPart(text));
                yield item;
            }
            case Part.Thinking(String text) -> {
                ObjectNode item = item("reasoning", "rs_", index).put("status", status);
                item.putArray("summary");
                ArrayNode content = item.putArray("content");
                if (whole) content.add(thoughtPart(text));
                yield item;
            }
            case Part.Call(String id, String name, String arguments) ->
                item("function_call", "fc_", index)
                        .put("status", status)
                        .put("call_id", id)
                        .put("name", name)
                        .put("arguments", whole ? arguments : "");
            case Part.Result _ -> throw new IllegalStateException("part: a result (expected: what a model says)");
        };
    }

    private ObjectNode item(String type, String prefix, int index) {
        return StrictJson.object().put("id", prefix + suffix + index).put("type", type);
    }

    static ObjectNode textPart(String text) {
        ObjectNode part = StrictJson.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    static ObjectNode thoughtPart(String text) {
        return StrictJson.object().put("type", "reasoning_text").put("text", text);
    }
}
