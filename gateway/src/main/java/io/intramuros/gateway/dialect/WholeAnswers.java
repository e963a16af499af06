// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Exchange;
import java.util.Optional;
import java.util.function.BiFunction;

/** Answers of what never comes as a stream. */
public final class WholeAnswers implements Answers {
    private final BiFunction<Exchange, byte[], Optional<Written>> whole;

    private WholeAnswers(BiFunction<Exchange, byte[], Optional<Written>> whole) {
        this.whole = whole;
    }

    /** Those that {@code whole} writes. */
    public static Answers of(BiFunction<Exchange, byte[], Optional<Written>> whole) {
        return new WholeAnswers(whole);
    }

    @Override
    public Optional<Written> whole(Exchange exchange, byte[] node) {
        return whole.apply(exchange, node);
    }

    @Override
    public AnswerStream stream(Exchange exchange) {
        throw new IllegalStateException("stream: asked for (expected: its reader says that there is none)");
    }
}
