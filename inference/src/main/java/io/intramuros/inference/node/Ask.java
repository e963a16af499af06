// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.grammar.AnswerGrammar;
import io.intramuros.inference.text.ChatMessage;
import io.intramuros.inference.text.Sampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A request for text, read from either protocol.
 *
 * @param model the id or alias that is asked for
 * @param prompt what the model goes on from
 * @param maxTokens the most tokens of the answer; absent: as many as fit
 * @param choice how each token is chosen, where the request says so
 * @param stops strings that end the answer
 * @param delivery how the answer is sent
 * @param answers how many answers to the same question; at least 1
 * @param shape what each must look like, and what is told of its tokens
 * @param ignoreEnd whether the model's own end is passed over
 */
record Ask(
        String model,
        Prompt prompt,
        OptionalInt maxTokens,
        Choice choice,
        List<String> stops,
        Delivery delivery,
        int answers,
        Shape shape,
        boolean ignoreEnd) {
    Ask {
        stops = List.copyOf(stops);
    }

    /** What the model goes on from. */
    sealed interface Prompt {
        /**
         * A conversation, written by the model's template.
         *
         * @param offer the tools that it may call
         * @param options further variables of the template
         */
        record Chat(List<ChatMessage> messages, Offer offer, Map<String, JsonNode> options) implements Prompt {
            public Chat {
                messages = List.copyOf(messages);
                options = Map.copyOf(options);
            }

            @Override
            public String toString() {
                return "Chat[" + messages.size() + " messages]";
            }
        }

        /** A text as it is. */
        record Text(String text) implements Prompt {
            @Override
            public String toString() {
                return "Text[" + text.length() + " chars]";
            }
        }
    }

    /**
     * The request's own settings of the sampler; what is absent is the model's default.
     *
     * @param temperature as {@link Sampling#temperature}
     * @param topP as {@link Sampling#topP}
     * @param topK as {@link Sampling#topK}
     * @param minP as {@link Sampling#minP}
     * @param typicalP as {@link Sampling#typicalP}
     * @param penalties as {@link Sampling#penalties}
     * @param bias as {@link Sampling#bias}
     * @param seed as {@link Sampling#seed}
     */
    record Choice(
            OptionalDouble temperature,
            OptionalDouble topP,
            OptionalInt topK,
            double minP,
            double typicalP,
            Sampling.Penalties penalties,
            Map<Integer, Double> bias,
            OptionalLong seed) {}

    /**
     * What an answer must look like, and what is told of its tokens.
     *
     * @param json what it must satisfy
     * @param logprobs as {@link io.intramuros.inference.text.GenerationRequest.Shape#logprobs}
     */
    record Shape(Optional<AnswerGrammar.Json> json, OptionalInt logprobs) {}

    /**
     * How the answer is sent.
     *
     * @param stream as events while it grows, or whole
     * @param usage whether a stream ends with the count of tokens
     * @param background whether it may take its time
     */
    record Delivery(boolean stream, boolean usage, boolean background) {}

    /** Whether nobody sits and waits for the answer. */
    boolean isBackground() {
        return delivery.background;
    }

    /** Says nothing of the prompt. */
    @Override
    public String toString() {
        return "Ask[" + prompt + "]";
    }
}
