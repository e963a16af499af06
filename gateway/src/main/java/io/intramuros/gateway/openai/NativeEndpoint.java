// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.PathEndpoint;
import tools.jackson.databind.node.ObjectNode;

/** A path that nodes of the OpenAI API have too, so that bodies go on as they are, with what nobody knows of. */
abstract class NativeEndpoint extends PathEndpoint {
    NativeEndpoint(Dialect dialect, String path) {
        super(dialect, path, "text/event-stream");
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
