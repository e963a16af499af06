// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Exchange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes whole answers as the OpenAI API does, from what no OpenAI server answered. */
final class OpenAiTold {
    private OpenAiTold() {}

    /** A chat completion. */
    static byte[] chat(Exchange exchange, Answer.Told told) {
        ObjectNode root = head(exchange, "chatcmpl-", "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message");
        OpenAiChatBody.assistant(told.message(), message);
        message.putNull("refusal");
        choice.putNull("logprobs");
        choice.put("finish_reason", reason(told.reason()));
        usage(told.tokens(), root.putObject("usage"));
        return StrictJson.write(root);
    }

    /** A text completion. */
    static byte[] text(Exchange exchange, Answer.Told told) {
        ObjectNode root = head(exchange, "cmpl-", "text_completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.put("text", told.message().text());
        choice.putNull("logprobs");
        choice.put("finish_reason", reason(told.reason()));
        usage(told.tokens(), root.putObject("usage"));
        return StrictJson.write(root);
    }

    /** Vectors, as numbers or as the base64 of little-endian 32-bit floats that most clients ask for. */
    static byte[] vectors(Exchange exchange, Answer.Vectors vectors) {
        boolean base64 = wantsBase64(exchange);
        ObjectNode root = StrictJson.object().put("object", "list");
        ArrayNode data = root.putArray("data");
        for (float[] vector : vectors.vectors()) {
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (base64) {
                entry.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = entry.putArray("embedding");
                for (float value : vector) numbers.add(value);
            }
        }
        root.put("model", exchange.found().model.get().name());
        root.putObject("usage")
                .put("prompt_tokens", vectors.tokens().in())
                .put("total_tokens", vectors.tokens().in());
        return StrictJson.write(root);
    }

    static boolean wantsBase64(Exchange exchange) {
        return exchange.found()
                .request
                .get()
                .body()
                .path("encoding_format")
                .asString("")
                .equals("base64");
    }

    static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    static ObjectNode head(Exchange exchange, String prefix, String object) {
        return StrictJson.object()
                .put("id", prefix + exchange.id())
                .put("object", object)
                .put("created", exchange.received().getEpochSecond())
                .put("model", exchange.found().model.get().name());
    }

    static String reason(StopReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case CALLS -> "tool_calls";
            case FILTERED -> "content_filter";
        };
    }

    static void usage(Tokens tokens, ObjectNode to) {
        to.put("prompt_tokens", tokens.in());
        to.put("completion_tokens", tokens.out());
        to.put("total_tokens", tokens.total());
        if (tokens.cached() > 0) to.putObject("prompt_tokens_details").put("cached_tokens", tokens.cached());
        if (tokens.reasoning() > 0)
            to.putObject("completion_tokens_details").put("reasoning_tokens", tokens.reasoning());
    }
}
