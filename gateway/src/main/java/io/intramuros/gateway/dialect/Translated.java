// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.Answers;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Usage;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers of a node that speaks another protocol than the caller: read as events, restored, written anew. */
public final class Translated implements Answers {
    private final ChatReader reader;

    private Translated(ChatReader reader) {
        this.reader = reader;
    }

    /** Of a chat or a text. */
    public static Answers of(ChatReader reader) {
        return new Translated(reader);
    }

    /** Of what never comes as a stream, and holds no text of a model's. */
    public static Answers whole(Function<ObjectNode, Optional<? extends Answer>> reader) {
        return WholeAnswers.of((exchange, node) -> object(node)
                .flatMap(reader::apply)
                .map(answer -> new Written(exchange.endpoint().whole(exchange, answer), usage(tokens(answer)))));
    }

    @Override
    public Optional<Written> whole(Exchange exchange, byte[] node) {
        Collected collected = new Collected();
        RestoredEvents restored = new RestoredEvents(exchange.found().filters.get(), collected);
        return object(node).filter(tree -> reader.whole(tree, restored::accept)).map(_ -> {
            Answer.Told told = collected.told();
            return new Written(exchange.endpoint().whole(exchange, told), usage(told.tokens()));
        });
    }

    @Override
    public AnswerStream stream(Exchange exchange) {
        return new TranslatedStream(exchange, reader.stream());
    }

    private static Optional<ObjectNode> object(byte[] node) {
        return StrictJson.fromNode(node).filter(JsonNode::isObject).map(ObjectNode.class::cast);
    }

    private static Tokens tokens(Answer answer) {
        return switch (answer) {
            case Answer.Told told -> told.tokens();
            case Answer.Vectors vectors -> vectors.tokens();
            case Answer.Ranks ranks -> ranks.tokens();
        };
    }

    private static Optional<Usage> usage(Tokens tokens) {
        return tokens.total() == 0 ? Optional.empty() : Optional.of(new Usage(tokens.in(), tokens.out()));
    }
}
