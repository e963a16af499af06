// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.Exchange;
import tools.jackson.databind.node.ObjectNode;

/** A path of Ollama's API, which its nodes have too, so that bodies go on with what nobody knows of. */
abstract class OllamaEndpoint implements Endpoint {
    private final Dialect dialect;
    private final String path;

    OllamaEndpoint(Dialect dialect, String path) {
        this.dialect = dialect;
        this.path = path;
    }

    @Override
    public final Dialect dialect() {
        return dialect;
    }

    @Override
    public final String path() {
        return path;
    }

    @Override
    public final String streamType() {
        return "application/x-ndjson";
    }

    /** The body for a node of the same API. */
    final ObjectNode asIs(Exchange exchange) {
        ObjectNode body = exchange.found().request.get().body().deepCopy();
        body.put("stream", exchange.found().request.get().stream());
        OllamaOptions.pin(body, exchange);
        return body;
    }

    /** How the node's answer is rewritten. */
    abstract Answers answers();
}
