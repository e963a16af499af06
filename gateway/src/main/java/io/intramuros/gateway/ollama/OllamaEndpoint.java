// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.PathEndpoint;
import tools.jackson.databind.node.ObjectNode;

/** A path of Ollama's API, which its nodes have too, so that bodies go on with what nobody knows of. */
abstract class OllamaEndpoint extends PathEndpoint {
    OllamaEndpoint(Dialect dialect, String path) {
        super(dialect, path, "application/x-ndjson");
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
