// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The dialect {@code openai}. */
public final class OpenAi implements Dialect {
    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new ChatEndpoint(this),
                new CompletionsEndpoint(this),
                new ResponsesEndpoint(this),
                new EmbeddingsEndpoint(this),
                new ModerationsEndpoint(this),
                new RerankEndpoint(this, "/v2/rerank"),
                new RerankEndpoint(this, "/v1/rerank"),
                new RerankEndpoint(this, "/rerank"));
    }

    @Override
    public byte[] aliveSign() {
        return ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] error(Refusal refusal, String requestId) {
        return StrictJson.write(OpenAiErrors.tree(refusal, requestId));
    }

    @Override
    public Map<String, String> headers(Map<String, String> headers, String requestId, Instant now) {
        return headers;
    }
}
