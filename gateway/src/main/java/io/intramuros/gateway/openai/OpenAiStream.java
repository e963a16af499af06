// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.EventFrames;
import io.intramuros.gateway.dialect.SseFrames;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.BrokenAnswer;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites a node's stream of chat chunks for the caller: texts restored and screened, one id, the model's public name,
 * usage only for who asked. It keeps back the end of the stream, {@code [DONE]}, which goes out once the exchange is
 * recorded. One stream, one thread at a time.
 */
final class OpenAiStream implements AnswerStream {
    private static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final SseFrames frames = new SseFrames(MAX_EVENT_BYTES);
    private final String requestId;
    private final String id;
    private final String model;
    private final boolean includeUsage;
    private final AnswerText.Filters filters;
    private final Map<Integer, ChoiceText> choices = new TreeMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private long pieces;
    private boolean finished;
    private volatile Usage usage = Usage.NONE;
    private boolean reported;

    /** For the answer of an exchange. */
    OpenAiStream(Exchange exchange) {
        this.requestId = exchange.id();
        this.id = "chatcmpl-" + requestId;
        this.model = exchange.found().model.get().name();
        this.includeUsage = wantsUsage(exchange);
        this.filters = exchange.found().filters.get();
    }

    @Override
    public byte[] accept(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 128);
        try {
            for (byte[] event : frames.accept(bytes)) event(event, out);
        } catch (SseFrames.EventTooLarge e) {
            throw new BrokenAnswer(e.getMessage() + " (expected: chunks of a chat)");
        }
        return out.toByteArray();
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public byte[] done() {
        return DONE;
    }

    @Override
    public byte[] failed(Refusal refusal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        EventFrames.write(OpenAiErrors.tree(refusal, requestId), out);
        return out.toByteArray();
    }

    /** Whether the caller asked for the use in the stream. */
    static boolean wantsUsage(Exchange exchange) {
        return exchange.found()
                .request
                .get()
                .body()
                .path("stream_options")
                .path("include_usage")
                .asBoolean(false);
    }

    private void event(byte[] data, ByteArrayOutputStream out) {
        if (new String(data, StandardCharsets.UTF_8).strip().equals("[DONE]")) return;
        Optional<JsonNode> read = StrictJson.fromNode(data);
        if (read.isEmpty() || !(read.get() instanceof ObjectNode chunk))
            throw new BrokenAnswer("event: no JSON object (expected: a chunk of a chat)");
        if (NodeErrors.isError(chunk)) throw new BrokenAnswer("event: an error (expected: a chunk of a chat)");
        chunk(chunk, out);
    }

    private void chunk(ObjectNode chunk, ByteArrayOutputStream out) {
        chunk.put("id", id);
        chunk.put("model", model);
        boolean says = chunk.get("choices") instanceof ArrayNode list && list.isEmpty() && usage(chunk);
        if (chunk.get("choices") instanceof ArrayNode list && !list.isEmpty()) {
            usage(chunk);
            chunk.remove("usage");
            if (includeUsage) chunk.putNull("usage");
            for (JsonNode choice : list) says |= choice instanceof ObjectNode object && choice(chunk, object, out);
        }
        if (says) EventFrames.write(chunk, out);
    }

    /** Takes the use out of a chunk; true if the caller is to see it. */
    private boolean usage(ObjectNode chunk) {
        JsonNode given = chunk.path("usage");
        if (!given.isObject()) return false;
        usage = OpenAiAnswer.usage(given);
        reported = true;
        return includeUsage;
    }

    private boolean choice(ObjectNode chunk, ObjectNode choice, ByteArrayOutputStream out) {
        int index = choice.path("index").asInt(0);
        // Some servers say the end twice; what comes after it is no part of the answer.
        if (ended.contains(index)) return false;
        ChoiceText texts = choices.computeIfAbsent(index, _ -> new ChoiceText(filters));
        boolean says = false;
        if (choice.get("delta") instanceof ObjectNode delta && !delta.isEmpty()) {
            if (!reported) usage = new Usage(0, ++pieces);
            says = texts.rewrite(delta);
        }
        if (!choice.path("finish_reason").isString()) return says;
        finished = true;
        ended.add(index);
        rest(chunk, choice, texts.rest(), out);
        return true;
    }

    /** Sends what was held back in a chunk of its own, before the one that ends the choice. */
    private static void rest(ObjectNode chunk, ObjectNode choice, ObjectNode rest, ByteArrayOutputStream out) {
        boolean ownWords = choice.get("delta") instanceof ObjectNode delta && !delta.isEmpty();
        if (rest.isEmpty()) return;
        ObjectNode before = chunk.deepCopy();
        ObjectNode only = StrictJson.object();
        only.set("index", choice.path("index"));
        only.set("delta", ownWords ? merged((ObjectNode) choice.get("delta"), rest) : rest);
        only.putNull("logprobs");
        only.putNull("finish_reason");
        before.putArray("choices").add(only);
        if (ownWords) choice.putObject("delta");
        EventFrames.write(before, out);
    }

    private static ObjectNode merged(ObjectNode delta, ObjectNode rest) {
        ObjectNode both = delta.deepCopy();
        for (var member : rest.properties()) {
            JsonNode had = both.path(member.getKey());
            if (had.isString() && member.getValue().isString())
                both.put(member.getKey(), had.stringValue() + member.getValue().stringValue());
            else if (had instanceof ArrayNode calls && member.getValue() instanceof ArrayNode more) calls.addAll(more);
            else both.set(member.getKey(), member.getValue());
        }
        return both;
    }
}
