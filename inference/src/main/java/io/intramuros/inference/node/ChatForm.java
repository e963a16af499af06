// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code chat.completion} and {@code chat.completion.chunk}. */
record ChatForm() implements AnswerForm {
    private static final String CHUNK = "chat.completion.chunk";

    @Override
    public Optional<ObjectNode> opening(Answer answer) {
        ObjectNode event = answer.object(CHUNK);
        delta(event).put("role", "assistant").put("content", "").putNull("refusal");
        return Optional.of(answer.uncounted(event));
    }

    @Override
    public ObjectNode piece(Answer answer, String text) {
        ObjectNode event = answer.object(CHUNK);
        delta(event).put("content", text);
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode finish(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(CHUNK);
        ObjectNode choice = event.putArray("choices").addObject();
        choice.put("index", 0).putObject("delta");
        choice.putNull("logprobs").put("finish_reason", AnswerForm.reason(outcome));
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode usage(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(CHUNK);
        event.putArray("choices");
        return AnswerForm.counted(event, outcome);
    }

    @Override
    public ObjectNode whole(Answer answer, String text, Outcome outcome) {
        ObjectNode body = answer.object("chat.completion");
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", AnswerForm.reason(outcome));
        return AnswerForm.counted(body, outcome);
    }

    private static ObjectNode delta(ObjectNode event) {
        ObjectNode choice = event.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        choice.putNull("logprobs").putNull("finish_reason");
        return delta;
    }
}
