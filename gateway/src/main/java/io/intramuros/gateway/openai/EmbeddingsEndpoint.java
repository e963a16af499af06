// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.dialect.WholeAnswers;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Reading;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/embeddings}. */
final class EmbeddingsEndpoint extends NativeEndpoint {
    EmbeddingsEndpoint(Dialect dialect) {
        super(dialect, "/v1/embeddings");
    }

    @Override
    public Reading read(byte[] body) {
        return OpenAiReader.embeddings(body);
    }

    @Override
    public Ask ask(ModelRequest request) {
        return OpenAiAsk.embedding(request);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        return OpenAiTold.vectors(exchange, (Answer.Vectors) answer);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        throw new IllegalStateException("stream: of vectors (expected: its reader says that there is none)");
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"input\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    ObjectNode asIs(ModelRequest request, long cap) {
        return request.body().deepCopy();
    }

    @Override
    Answers answers() {
        return WholeAnswers.of(OpenAiAnswer::embeddings);
    }
}
