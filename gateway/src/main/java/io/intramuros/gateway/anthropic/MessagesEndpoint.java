// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.PathEndpoint;
import io.intramuros.gateway.exchange.Reading;
import java.nio.charset.StandardCharsets;

/** {@code POST /v1/messages}. */
final class MessagesEndpoint extends PathEndpoint {
    MessagesEndpoint(Dialect dialect) {
        super(dialect, "/v1/messages", "text/event-stream");
    }

    @Override
    public Reading read(byte[] body) {
        return AnthropicReader.messages(body);
    }

    @Override
    public Ask ask(ModelRequest request) throws InexpressibleException {
        return AnthropicAsk.of(request);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        return AnthropicTold.message(exchange, (Answer.Told) answer);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        return new MessageWriter(exchange);
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
