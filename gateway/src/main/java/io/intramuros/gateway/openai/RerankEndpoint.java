// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.chat.Rerank;
import io.intramuros.gateway.dialect.WholeAnswers;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v2/rerank}, {@code /v1/rerank} and {@code /rerank}: Cohere's and Jina's form, which vLLM serves too. */
final class RerankEndpoint extends NativeEndpoint {
    RerankEndpoint(Dialect dialect, String path) {
        super(dialect, path);
    }

    @Override
    public Reading read(byte[] body) {
        return OpenAiReader.rerank(body);
    }

    @Override
    public Ask ask(ModelRequest request) {
        ObjectNode body = request.body();
        List<String> documents = body.path("documents")
                .valueStream()
                .map(document -> document.isString()
                        ? document.stringValue()
                        : document.path("text").asString(""))
                .toList();
        JsonNode top = body.path("top_n");
        return new Rerank(
                body.path("query").asString(""),
                documents,
                top.isNumber() ? OptionalInt.of(top.intValue()) : OptionalInt.empty());
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        throw new IllegalStateException("ranks: by a node of another API (expected: refused before)");
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        throw new IllegalStateException("stream: of ranks (expected: its reader says that there is none)");
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"" + text + "\"]}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    ObjectNode asIs(ModelRequest request, long cap) {
        return request.body().deepCopy();
    }

    @Override
    Answers answers() {
        return WholeAnswers.of(OpenAiAnswer::ranks);
    }
}
