// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.gateway.RecordingUpstream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A node that says what it was last told, in pieces of three bytes where a stream is wanted; calls the first tool with the
 * first e-mail surrogate that it sees; is slow or endless where it is told so.
 */
final class Parrot implements RecordingUpstream.Script {
    private static final Pattern EMAIL = Pattern.compile("\\[EMAIL_[a-z2-7]+\\]");
    private static final int PIECE = 3;
    private static final int IN = 7;
    private static final int OUT = 5;
    private static final int ENDLESS = 100_000;

    @Override
    public void answer(RecordingUpstream.Request request, RecordingUpstream.Reply reply) throws Exception {
        JsonNode asked = LiveGateway.JSON.readTree(request.body());
        if (request.line().contains("/embeddings")) {
            reply.json(200, embeddings(asked));
            return;
        }
        JsonNode last = asked.path("messages").path(asked.path("messages").size() - 1);
        String said = last.path("content").asString("");
        if (said.equals("slowly")) {
            reply.awaitHangUp();
            throw new SocketException("the caller left");
        }
        if (said.equals("endlessly")) {
            endless(reply);
            return;
        }
        boolean calls = asked.has("tools") && last.path("role").asString().equals("user");
        String message = calls ? call(request.body()) : "\"content\":" + LiveGateway.JSON.writeValueAsString(said);
        if (asked.path("stream").asBoolean(false)) {
            stream(reply, message, calls);
        } else {
            reply.json(200, whole(message, calls));
        }
    }

    private static String whole(String message, boolean calls) {
        return "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"u\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\","
                + message.replace("\"index\":0,\"id\"", "\"id\"") + (calls ? ",\"content\":null" : "")
                + "},\"finish_reason\":\"" + (calls ? "tool_calls" : "stop")
                + "\"}],\"usage\":{\"prompt_tokens\":" + IN + ",\"completion_tokens\":" + OUT + ",\"total_tokens\":"
                + (IN + OUT) + "}}";
    }

    private static String call(String body) {
        Matcher surrogate = EMAIL.matcher(body);
        String to = surrogate.find() ? surrogate.group() : "nobody";
        return "\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"send\","
                + "\"arguments\":\"{\\\"to\\\":\\\"" + to + "\\\"}\"}}]";
    }

    private static void stream(RecordingUpstream.Reply reply, String message, boolean calls) throws IOException {
        reply.streamHead();
        StringBuilder events = new StringBuilder(RecordingUpstream.delta("{\"role\":\"assistant\"}", "null"));
        if (calls) {
            events.append(RecordingUpstream.delta("{" + message + "}", "null"));
        } else {
            String text = LiveGateway.JSON
                    .readTree("{" + message + "}")
                    .path("content")
                    .asString();
            for (int i = 0; i < text.length(); i += PIECE)
                events.append(RecordingUpstream.delta(
                        "{\"content\":"
                                + LiveGateway.JSON.writeValueAsString(
                                        text.substring(i, Math.min(text.length(), i + PIECE)))
                                + "}",
                        "null"));
        }
        events.append(RecordingUpstream.delta("{}", calls ? "\"tool_calls\"" : "\"stop\""));
        reply.chunk(events.toString());
        reply.chunk(RecordingUpstream.usageAndDone(IN, OUT));
        reply.end();
    }

    private static void endless(RecordingUpstream.Reply reply) throws Exception {
        reply.streamHead();
        for (int i = 0; i < ENDLESS; i++) {
            reply.chunk(RecordingUpstream.delta("{\"content\":\"word \"}", "null"));
            Thread.sleep(5);
        }
    }

    static String embeddings(JsonNode asked) {
        ByteBuffer floats = ByteBuffer.allocate(2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(0.25f).putFloat(-1.5f);
        String vector = asked.path("encoding_format").asString("float").equals("base64")
                ? "\"" + Base64.getEncoder().encodeToString(floats.array()) + "\""
                : "[0.25,-1.5]";
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < Math.max(1, asked.path("input").size()); i++)
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":")
                    .append(vector)
                    .append('}');
        return "{\"object\":\"list\",\"data\":[" + data
                + "],\"model\":\"u\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}";
    }
}
