// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
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

/** {@code POST /v1/chat/completions}. */
final class ChatEndpoint extends NativeEndpoint {
    ChatEndpoint(Dialect dialect) {
        super(dialect, "/v1/chat/completions");
    }

    @Override
    public Reading read(byte[] body) {
        return OpenAiReader.chat(body);
    }

    @Override
    public Ask ask(ModelRequest request) throws InexpressibleException {
        return OpenAiAsk.chat(request);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        return OpenAiTold.chat(exchange, (Answer.Told) answer);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        return ChunkWriter.ofChat(exchange);
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    ObjectNode asIs(ModelRequest request, long cap) {
        return OpenAiForward.chat(request, cap);
    }

    @Override
    Answers answers() {
        return new Answers() {
            @Override
            public Optional<Written> whole(Exchange exchange, byte[] node) {
                return OpenAiAnswer.chat(exchange, node);
            }

            @Override
            public AnswerStream stream(Exchange exchange) {
                return new OpenAiStream(exchange);
            }
        };
    }
}
