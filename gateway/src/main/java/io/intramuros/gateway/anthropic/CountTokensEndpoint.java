// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.LocalEndpoint;
import io.intramuros.gateway.exchange.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code POST /v1/messages/count_tokens}: what the quota would take for the prompt, which errs on the long side. */
final class CountTokensEndpoint implements LocalEndpoint {
    private final Dialect dialect;

    CountTokensEndpoint(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String path() {
        return "/v1/messages/count_tokens";
    }

    @Override
    public Reading read(byte[] body) {
        return AnthropicReader.count(body);
    }

    @Override
    public Optional<byte[]> local(Exchange exchange) {
        return Optional.of(AnthropicTold.count(exchange.found().estimate.get().in()));
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
