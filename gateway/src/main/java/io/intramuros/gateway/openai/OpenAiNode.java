// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Forward;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.NodeKind;

/** A node that speaks the OpenAI API: ours, vLLM, llama.cpp's server and others. */
public final class OpenAiNode implements NodeKind {
    private final String name;

    /** Of the kind with this name. */
    public OpenAiNode(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Forward forward(Exchange exchange) throws InexpressibleException {
        ModelRequest request = exchange.found().request.get();
        if (exchange.endpoint() instanceof NativeEndpoint own)
            return new Forward(
                    own.path(),
                    request.stream() ? own.streamType() : "application/json",
                    own.asIs(request, exchange.outputCap()),
                    own.answers());
        throw new InexpressibleException("model", "is served by a node that does not offer this path");
    }
}
