// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.dialect.Translated;
import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/completions}, with a {@code suffix} where editors fill gaps. */
final class CompletionsEndpoint extends NativeEndpoint {
    CompletionsEndpoint(Dialect dialect) {
        super(dialect, "/v1/completions");
    }

    @Override
    public Reading read(byte[] body) {
        return OpenAiReader.completion(body);
    }

    @Override
    public Ask ask(ModelRequest request) throws InexpressibleException {
        return OpenAiAsk.completion(request);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        return OpenAiTold.text(exchange, (Answer.Told) answer);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        return ChunkWriter.ofText(exchange);
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"prompt\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    ObjectNode asIs(ModelRequest request, long cap) {
        ObjectNode body = request.body().deepCopy();
        OpenAiForward.capped(body, cap, request.stream());
        return body;
    }

    @Override
    Answers answers() {
        Answers events = Translated.of(OpenAiTextReader.INSTANCE);
        return new Answers() {
            @Override
            public Optional<Written> whole(Exchange exchange, byte[] node) {
                return OpenAiAnswer.text(exchange, node);
            }

            @Override
            public AnswerStream stream(Exchange exchange) {
                return events.stream(exchange);
            }
        };
    }
}
