// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Chat;
import io.intramuros.gateway.chat.Completion;
import io.intramuros.gateway.chat.Embedding;
import io.intramuros.gateway.chat.Rerank;
import io.intramuros.gateway.dialect.Translated;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Forward;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.NodeKind;
import io.intramuros.policies.Node;
import java.util.function.UnaryOperator;

/** A node that speaks the OpenAI API: ours, vLLM, llama.cpp's server and others. */
public final class OpenAiNode implements NodeKind {
    private static final String JSON = "application/json";

    private final String name;
    private final Differences differences;
    private final UnaryOperator<String> salts;

    /**
     * Of the kind with this name.
     *
     * @param engine the server, where it is known
     * @param salts the salt of each team's prompts in a node's cache
     */
    public OpenAiNode(String name, Node.Engine engine, UnaryOperator<String> salts) {
        this.name = name;
        this.differences = Differences.of(engine);
        this.salts = salts;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Forward forward(Exchange exchange) throws InexpressibleException {
        Forward forward = asAny(exchange);
        differences.fit(forward.body(), salts.apply(exchange.caller().team()));
        return forward;
    }

    private static Forward asAny(Exchange exchange) throws InexpressibleException {
        ModelRequest request = exchange.found().request.get();
        if (exchange.endpoint() instanceof NativeEndpoint own)
            return new Forward(
                    own.path(),
                    request.stream() ? own.streamType() : JSON,
                    own.asIs(request, exchange.outputCap()),
                    own.answers());
        String accept = request.stream() ? "text/event-stream" : JSON;
        long cap = exchange.outputCap();
        return switch (exchange.endpoint().ask(request)) {
            case Chat chat ->
                new Forward(
                        "/v1/chat/completions",
                        accept,
                        OpenAiChatBody.of(chat, cap),
                        Translated.of(OpenAiChatReader.INSTANCE));
            case Completion text ->
                new Forward(
                        "/v1/completions",
                        accept,
                        OpenAiBodies.text(text, cap),
                        Translated.of(OpenAiTextReader.INSTANCE));
            case Embedding embedding ->
                new Forward(
                        "/v1/embeddings",
                        JSON,
                        OpenAiBodies.embedding(embedding),
                        Translated.whole(OpenAiVectors::embeddings));
            case Rerank _ -> throw new InexpressibleException("model", "is served by a node that ranks nothing");
        };
    }
}
