// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;

/** A path that never leads to a node. */
public interface LocalEndpoint extends Endpoint {
    @Override
    default String streamType() {
        return "application/json";
    }

    @Override
    default Ask ask(ModelRequest request) throws InexpressibleException {
        throw new InexpressibleException("model", "is asked for what the gateway answers itself");
    }

    @Override
    default byte[] whole(Exchange exchange, Answer answer) {
        throw new IllegalStateException(path() + ": answered by a node (expected: by nobody)");
    }

    @Override
    default AnswerWriter writer(Exchange exchange) {
        throw new IllegalStateException(path() + ": answered by a node (expected: by nobody)");
    }
}
