// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code text_completion}, whole and in pieces. */
record CompletionForm() implements AnswerForm {
    private static final String KIND = "text_completion";

    @Override
    public Optional<ObjectNode> opening(Answer answer) {
        return Optional.empty();
    }

    @Override
    public ObjectNode piece(Answer answer, String text) {
        ObjectNode event = answer.object(KIND);
        choice(event, text).putNull("finish_reason");
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode finish(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(KIND);
        choice(event, "").put("finish_reason", AnswerForm.reason(outcome));
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode usage(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(KIND);
        event.putArray("choices");
        return AnswerForm.counted(event, outcome);
    }

    @Override
    public ObjectNode whole(Answer answer, String text, Outcome outcome) {
        ObjectNode body = answer.object(KIND);
        choice(body, text).put("finish_reason", AnswerForm.reason(outcome));
        return AnswerForm.counted(body, outcome);
    }

    private static ObjectNode choice(ObjectNode node, String text) {
        ObjectNode choice = node.putArray("choices").addObject();
        return choice.put("index", 0).put("text", text).putNull("logprobs");
    }
}
