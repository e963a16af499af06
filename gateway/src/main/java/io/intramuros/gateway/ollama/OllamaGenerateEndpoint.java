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

/** {@code POST /api/generate}. */
final class OllamaGenerateEndpoint extends OllamaEndpoint {
    OllamaGenerateEndpoint(Dialect dialect) {
        super(dialect, "/api/generate");
    }

    @Override
    public Reading read(byte[] body) {
        return OllamaReader.generate(body);
    }

    @Override
    public Optional<byte[]> local(Exchange exchange) {
        return exchange.found().request.get().body().path("prompt").asString("").isEmpty()
                ? Optional.of(OllamaTold.loaded(exchange, false))
                : Optional.empty();
    }

    @Override
    public Ask ask(ModelRequest request) throws InexpressibleException {
        return OllamaAsk.generate(request);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        return OllamaTold.generate(exchange, (Answer.Told) answer);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        return LineWriter.ofText(exchange);
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"prompt\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Answers answers() {
        return OllamaAnswers.INSTANCE;
    }
}
