// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The shape of answers in one of OpenAI's two protocols for text. */
sealed interface AnswerForm permits ChatForm, CompletionForm {
    /** The event that opens a stream, where the protocol has one. */
    Optional<ObjectNode> opening(Answer answer);

    /** The event that carries a piece of the text. */
    ObjectNode piece(Answer answer, String text);

    /** The event that says why there is no more. */
    ObjectNode finish(Answer answer, Outcome outcome);

    /** The event that only counts tokens. */
    ObjectNode usage(Answer answer, Outcome outcome);

    /** The whole answer at once. */
    ObjectNode whole(Answer answer, String text, Outcome outcome);

    /**
     * What is the same in all parts of one answer.
     *
     * @param id the answer's own id
     * @param created seconds since 1970
     * @param model the id of the model that answers
     * @param usage whether a stream counts tokens
     */
    record Answer(String id, long created, String model, boolean usage) {
        /** An object with the fields that come first in every part. */
        ObjectNode object(String kind) {
            ObjectNode node = Json.object();
            node.put("id", id).put("object", kind).put("created", created).put("model", model);
            return node;
        }

        /** Marks an event that carries no count, in a stream that will carry one. */
        ObjectNode uncounted(ObjectNode event) {
            if (usage) {
                event.putNull("usage");
            }
            return event;
        }
    }

    /** OpenAI's word for why an answer ended; a cancelled one is never sent, save where the node goes down. */
    static String reason(Outcome outcome) {
        return switch (outcome.reason()) {
            case STOP -> "stop";
            case LENGTH, CANCELLED -> "length";
        };
    }

    /** Puts the count of tokens into a part. */
    static ObjectNode counted(ObjectNode node, Outcome outcome) {
        ObjectNode usage = node.putObject("usage");
        usage.put("prompt_tokens", outcome.promptTokens());
        usage.put("completion_tokens", outcome.completionTokens());
        usage.put("total_tokens", outcome.promptTokens() + outcome.completionTokens());
        return node;
    }
}
