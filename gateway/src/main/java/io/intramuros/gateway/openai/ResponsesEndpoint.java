// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

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

/** {@code POST /v1/responses}: without state, for nodes that know only chats. */
final class ResponsesEndpoint extends PathEndpoint {
    ResponsesEndpoint(Dialect dialect) {
        super(dialect, "/v1/responses", "text/event-stream");
    }

    @Override
    public Reading read(byte[] body) {
        return ResponsesReader.read(body);
    }

    @Override
    public Ask ask(ModelRequest request) throws InexpressibleException {
        return ResponsesAsk.of(request);
    }

    @Override
    public byte[] whole(Exchange exchange, Answer answer) {
        return ResponsesTold.whole(exchange, (Answer.Told) answer);
    }

    @Override
    public AnswerWriter writer(Exchange exchange) {
        return new ResponsesWriter(exchange);
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"input\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
