// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.ModelRequest;
import tools.jackson.databind.node.ObjectNode;

/** A path that nodes of the OpenAI API have too, so that bodies go on as they are, with what nobody knows of. */
abstract class NativeEndpoint implements Endpoint {
    private final Dialect dialect;
    private final String path;

    NativeEndpoint(Dialect dialect, String path) {
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
        return "text/event-stream";
    }

    /**
     * The body for a node of the OpenAI API.
     *
     * @param cap the most tokens of one answer
     */
    abstract ObjectNode asIs(ModelRequest request, long cap);

    /** How the node's answer is rewritten. */
    abstract Answers answers();
}
