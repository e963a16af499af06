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

/** {@code text_completion}, whole and in pieces. */
record CompletionForm() implements AnswerForm {
    private static final String KIND = "text_completion";

    @Override
    public Optional<ObjectNode> opening(Answer answer, int index) {
        return Optional.empty();
    }

    @Override
    public ObjectNode piece(Answer answer, Part part) {
        ObjectNode event = answer.object(KIND);
        choice(event.putArray("choices"), answer, part).putNull("finish_reason");
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode finish(Answer answer, Part last, Outcome outcome) {
        ObjectNode event = answer.object(KIND);
        choice(event.putArray("choices"), answer, last).put("finish_reason", AnswerForm.reason(outcome));
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode usage(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(KIND);
        event.putArray("choices");
        return AnswerForm.counted(event, outcome);
    }

    @Override
    public ObjectNode whole(Answer answer, List<Part> parts, List<Outcome> outcomes, Outcome sum) {
        ObjectNode body = answer.object(KIND);
        ArrayNode choices = body.putArray("choices");
        for (Part part : parts) {
            choice(choices, answer, part).put("finish_reason", AnswerForm.reason(outcomes.get(part.index())));
        }
        return AnswerForm.counted(body, sum);
    }

    private static ObjectNode choice(ArrayNode choices, Answer answer, Part part) {
        ObjectNode choice = choices.addObject().put("index", part.index()).put("text", part.text());
        if (part.scores().isEmpty()
                || (part.scores().get().isEmpty() && part.text().isEmpty())) {
            return choice.putNull("logprobs");
        }
        ObjectNode logprobs = choice.putObject("logprobs");
        ArrayNode tokens = logprobs.putArray("tokens");
        ArrayNode scores = logprobs.putArray("token_logprobs");
        ArrayNode top = logprobs.putArray("top_logprobs");
        for (ScoredToken token : part.scores().get()) {
            tokens.add(text(answer, token.chosen()));
            scores.add(token.chosen().logprob());
            ObjectNode likeliest = top.addObject();
            token.likeliest().forEach(likely -> likeliest.put(text(answer, likely), likely.logprob()));
        }
        return choice;
    }

    private static String text(Answer answer, ScoredToken.Candidate candidate) {
        return new String(answer.bytes().apply(candidate.id()), StandardCharsets.UTF_8);
    }
}
