// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.dialect.JsonLines;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.TextSlot.Form;
import io.intramuros.gateway.exchange.Usage;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rewrites a node's lines for a caller of the same API; the last one waits until the exchange is recorded. */
final class OllamaStream implements AnswerStream {
    private static final List<String> TEXTS = List.of("thinking", "content", "response");

    private final JsonLines lines = new JsonLines();
    private final Exchange exchange;
    private final Map<String, AnswerText> filters = new LinkedHashMap<>();
    private final ByteArrayOutputStream last = new ByteArrayOutputStream();
    private long pieces;
    private boolean finished;
    private volatile Usage usage = Usage.NONE;

    OllamaStream(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public byte[] accept(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 128);
        for (ObjectNode line : lines.accept(bytes)) line(line, out);
        return out.toByteArray();
    }

    private void line(ObjectNode line, ByteArrayOutputStream out) {
        if (finished) return;
        OllamaAnswers.head(exchange, line);
        boolean says = rewrite(line);
        if (line.path("message") instanceof ObjectNode message) {
            says |= rewrite(message);
            for (JsonNode call : message.path("tool_calls")) {
                OllamaAnswers.texts(call, exchange.found().filters.get());
                says = true;
            }
        }
        if (!line.path("done").asBoolean(false)) {
            usage = new Usage(0, ++pieces);
            if (says) JsonLines.write(line, out);
            return;
        }
        finished = true;
        usage = OllamaAnswers.usage(line).orElse(usage);
        rest(line, says, out);
        JsonLines.write(line, last);
    }

    /** Rewrites the texts of an object; true where something is left of them. */
    private boolean rewrite(ObjectNode object) {
        boolean says = false;
        for (String name : TEXTS) {
            if (!object.path(name).isString()) continue;
            String text = filters.computeIfAbsent(
                            name, _ -> exchange.found().filters.get().open(Form.TEXT))
                    .accept(object.path(name).stringValue());
            object.put(name, text);
            says |= !text.isEmpty();
        }
        return says;
    }

    /** What is still held back, and what the last line itself says, go before it. */
    private void rest(ObjectNode line, boolean says, ByteArrayOutputStream out) {
        ObjectNode before = StrictJson.object();
        before.set("model", line.path("model"));
        before.set("created_at", line.path("created_at"));
        boolean chat = line.path("message").isObject();
        ObjectNode from = chat ? (ObjectNode) line.path("message") : line;
        ObjectNode to =
                chat ? before.putObject("message").put("role", "assistant").put("content", "") : before;
        boolean more = says;
        for (var held : filters.entrySet()) {
            String text =
                    from.path(held.getKey()).asString("") + held.getValue().finish();
            to.put(held.getKey(), text);
            if (from.has(held.getKey())) from.put(held.getKey(), "");
            more |= !text.isEmpty();
        }
        if (chat && from.has("tool_calls")) to.set("tool_calls", from.remove("tool_calls"));
        if (more) JsonLines.write(before.put("done", false), out);
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
        return last.toByteArray();
    }

    @Override
    public byte[] failed(Refusal refusal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        JsonLines.write(Ollama.tree(refusal, exchange.id()), out);
        return out.toByteArray();
    }
}
