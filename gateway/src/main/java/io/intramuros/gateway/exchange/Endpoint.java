// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Ask;
import io.intramuros.policies.Model;
import java.util.Optional;

/** One path of a dialect that leads to a model: how its requests are read, and its answers written. */
public interface Endpoint {
    /** The dialect that it belongs to. */
    Dialect dialect();

    /** The path, without a host. */
    String path();

    /** The media type of its streams. */
    String streamType();

    /** Reads a request's body: says what is wrong with it, or what it asks and where its texts stand. */
    Reading read(byte[] body);

    /**
     * What a request asks, in no protocol's words; for nodes that do not speak this one.
     *
     * @throws InexpressibleException if it asks for what only this protocol has a word for
     */
    Ask ask(ModelRequest request) throws InexpressibleException;

    /** Writes a whole answer. */
    byte[] whole(Exchange exchange, Answer answer);

    /** A writer of one answer's stream. */
    AnswerWriter writer(Exchange exchange);

    /** The model that stands for the gateway itself, on a path that asks no other; empty where a request names one. */
    default Optional<Model> own() {
        return Optional.empty();
    }

    /**
     * The answer, where no node is needed for it; of a request that was read, decided on and has its quota. It is asked
     * for again when the texts were examined.
     */
    default Optional<byte[]> local(Exchange exchange) {
        return Optional.empty();
    }

    /** A small sound body that says {@code text}, which holds nothing that JSON escapes; what the self-test sends. */
    byte[] canary(String text);
}
