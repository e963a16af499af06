// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Completion;
import io.intramuros.gateway.chat.Embedding;
import io.intramuros.gateway.chat.Rerank;
import io.intramuros.gateway.dialect.Translated;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Forward;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.NodeKind;

/**
 * A node that speaks Ollama's own API. Its adapter for the OpenAI API is not used: it knows no
 * {@code max_completion_tokens}, no length of the context, and drops what it does not know in silence.
 */
public final class OllamaNode implements NodeKind {
    private static final String JSON = "application/json";

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public Forward forward(Exchange exchange) throws InexpressibleException {
        boolean stream = exchange.found().request.get().stream();
        String accept = stream ? "application/x-ndjson" : JSON;
        if (exchange.endpoint() instanceof OllamaEndpoint own)
            return new Forward(own.path(), accept, own.asIs(exchange), own.answers());
        return switch (exchange.endpoint().ask(exchange.found().request.get())) {
            case Chat chat ->
                new Forward(
                        "/api/chat", accept, OllamaBodies.chat(chat, exchange), Translated.of(OllamaEvents.INSTANCE));
            case Completion text ->
                new Forward(
                        "/api/generate",
                        accept,
                        OllamaBodies.generate(text, exchange),
                        Translated.of(OllamaEvents.INSTANCE));
            case Embedding embedding ->
                new Forward(
                        "/api/embed",
                        JSON,
                        OllamaBodies.embed(embedding, exchange),
                        Translated.whole(OllamaAnswers::numbers));
            case Rerank _ -> throw new InexpressibleException("model", "is served by a node that ranks nothing");
        };
    }
}
