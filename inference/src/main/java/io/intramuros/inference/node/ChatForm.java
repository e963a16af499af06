// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import io.intramuros.inference.text.ScoredToken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code chat.completion} and {@code chat.completion.chunk}. */
record ChatForm() implements AnswerForm {
    private static final String CHUNK = "chat.completion.chunk";

    @Override
    public Optional<ObjectNode> opening(Answer answer, int index) {
        ObjectNode event = answer.object(CHUNK);
        ObjectNode choice = choice(event, index);
        choice.putObject("delta").put("role", "assistant").put("content", "").putNull("refusal");
        choice.putNull("logprobs").putNull("finish_reason");
        return Optional.of(answer.uncounted(event));
    }

    @Override
    public ObjectNode piece(Answer answer, Part part) {
        ObjectNode event = answer.object(CHUNK);
        ObjectNode choice = choice(event, part.index());
        choice.putObject("delta").put("content", part.text());
        logprobs(choice, answer, part).putNull("finish_reason");
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode finish(Answer answer, Part last, Outcome outcome) {
        ObjectNode event = answer.object(CHUNK);
        ObjectNode choice = choice(event, last.index());
        choice.putObject("delta");
        boolean none = last.scores().isEmpty() || last.scores().get().isEmpty();
        ObjectNode scored = none ? choice.putNull("logprobs") : logprobs(choice, answer, last);
        scored.put("finish_reason", AnswerForm.reason(outcome));
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode usage(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(CHUNK);
        event.putArray("choices");
        return AnswerForm.counted(event, outcome);
    }

    @Override
    public ObjectNode whole(Answer answer, List<Part> parts, List<Outcome> outcomes, Outcome sum) {
        ObjectNode body = answer.object("chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (Part part : parts) {
            ObjectNode choice = choices.addObject().put("index", part.index());
            choice.putObject("message")
                    .put("role", "assistant")
                    .put("content", part.text())
                    .putNull("refusal");
            logprobs(choice, answer, part).put("finish_reason", AnswerForm.reason(outcomes.get(part.index())));
        }
        return AnswerForm.counted(body, sum);
    }

    private static ObjectNode choice(ObjectNode event, int index) {
        return event.putArray("choices").addObject().put("index", index);
    }

    private static ObjectNode logprobs(ObjectNode choice, Answer answer, Part part) {
        if (part.scores().isEmpty()) {
            return choice.putNull("logprobs");
        }
        ObjectNode logprobs = choice.putObject("logprobs");
        ArrayNode content = logprobs.putArray("content");
        for (ScoredToken token : part.scores().get()) {
            ObjectNode entry = content.addObject();
            candidate(entry, answer, token.chosen());
            ArrayNode top = entry.putArray("top_logprobs");
            token.likeliest().forEach(likely -> candidate(top.addObject(), answer, likely));
        }
        logprobs.putNull("refusal");
        return choice;
    }

    private static void candidate(ObjectNode entry, Answer answer, ScoredToken.Candidate candidate) {
        byte[] bytes = answer.bytes().apply(candidate.id());
        entry.put("token", new String(bytes, StandardCharsets.UTF_8)).put("logprob", candidate.logprob());
        ArrayNode list = entry.putArray("bytes");
        for (byte b : bytes) {
            list.add(b & 0xFF);
        }
    }
}
