// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code POST /api/chat}. */
final class OllamaChatEndpoint extends OllamaEndpoint {
    OllamaChatEndpoint(Dialect dialect) {
        super(dialect, "/api/chat");
    }

    @Override
    public Reading read(byte[] body) {
        return OllamaReader.chat(body);
    }

    @Override
    public Optional<byte[]> local(Exchange exchange) {
        return OllamaReader.isEmpty(exchange.found().request.get().body().path("messages"))
                ? Optional.of(OllamaTold.loaded(exchange, true))
                : Optional.empty();
    }

    @Override
    public Ask ask(ModelRequest request) throws InexpressibleException {
        return OllamaAsk.chat(request);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        return OllamaTold.chat(exchange, (Answer.Told) answer);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        return LineWriter.ofChat(exchange);
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Answers answers() {
        return OllamaAnswers.INSTANCE;
    }
}
