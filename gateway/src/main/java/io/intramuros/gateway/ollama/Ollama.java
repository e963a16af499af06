// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The dialect {@code ollama}. */
public final class Ollama implements Dialect {
    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new OllamaChatEndpoint(this),
                new OllamaGenerateEndpoint(this),
                OllamaEmbedEndpoint.embed(this),
                OllamaEmbedEndpoint.embeddings(this));
    }

    @Override
    public byte[] error(Refusal refusal, String requestId) {
        return StrictJson.write(tree(refusal, requestId));
    }

    static ObjectNode tree(Refusal refusal, String requestId) {
        return StrictJson.object().put("error", refusal.message() + " (request " + requestId + ")");
    }

    @Override
    public Map<String, String> headers(Map<String, String> headers, String requestId, Instant now) {
        return headers;
    }
}
