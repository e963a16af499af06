// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.answer.AnswerPart;
import io.intramuros.inference.text.Outcome;
import io.intramuros.inference.text.ScoredToken;
import io.intramuros.inference.text.ToolCall;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import tools.jackson.databind.node.ObjectNode;

/** The shape of answers in one of OpenAI's two protocols for text. */
sealed interface AnswerForm permits ChatForm, CompletionForm {
    /** The event that opens one answer of a stream, where the protocol has one. */
    Optional<ObjectNode> opening(Answer answer, int index);

    /** The event that carries a piece. */
    ObjectNode piece(Answer answer, Part part);

    /** The event that says why there is no more of an answer. */
    ObjectNode finish(Answer answer, Part last, Outcome outcome);

    /** The event that only counts tokens. */
    ObjectNode usage(Answer answer, Outcome outcome);

    /** All answers at once; {@code outcomes} are one for each, {@code sum} counts the tokens of all. */
    ObjectNode whole(Answer answer, List<Whole> wholes, List<Outcome> outcomes, Outcome sum);

    /**
     * A piece of one of the answers.
     *
     * @param index which of them, from 0
     * @param said the piece; an empty text at the end
     * @param calls how many calls came before
     * @param scores of the tokens that came since the last piece, where they were asked for
     */
    record Part(int index, AnswerPart said, int calls, Optional<List<ScoredToken>> scores) {
        public Part {
            scores = scores.map(List::copyOf);
        }
    }

    /**
     * One of the answers, whole.
     *
     * @param index which of them, from 0
     * @param content what is said; may be empty
     * @param reasoning what was thought before; may be empty
     * @param calls the tools that are called
     * @param scores of all tokens, where they were asked for
     */
    record Whole(
            int index, String content, String reasoning, List<ToolCall> calls, Optional<List<ScoredToken>> scores) {
        public Whole {
            calls = List.copyOf(calls);
            scores = scores.map(List::copyOf);
        }

        /** Says nothing of the text. */
        @Override
        public String toString() {
            return "Whole[" + content.length() + " chars, " + calls.size() + " calls]";
        }
    }

    /**
     * What is the same in all parts of one answer.
     *
     * @param id the answer's own id
     * @param created seconds since 1970
     * @param model the id of the model that answers
     * @param usage whether a stream counts tokens
     * @param bytes what a token stands for
     */
    record Answer(String id, long created, String model, boolean usage, IntFunction<byte[]> bytes) {
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
    static String reason(Outcome outcome, boolean called) {
        return switch (outcome.reason()) {
            case STOP -> called ? "tool_calls" : "stop";
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
