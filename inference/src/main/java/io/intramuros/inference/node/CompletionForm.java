// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.answer.AnswerPart;
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
        choice(event.putArray("choices"), answer, whole(part)).putNull("finish_reason");
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode finish(Answer answer, Part last, Outcome outcome) {
        ObjectNode event = answer.object(KIND);
        choice(event.putArray("choices"), answer, whole(last)).put("finish_reason", AnswerForm.reason(outcome, false));
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode usage(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(KIND);
        event.putArray("choices");
        return AnswerForm.counted(event, outcome);
    }

    @Override
    public ObjectNode whole(Answer answer, List<Whole> wholes, List<Outcome> outcomes, Outcome sum) {
        ObjectNode body = answer.object(KIND);
        ArrayNode choices = body.putArray("choices");
        for (Whole whole : wholes) {
            choice(choices, answer, whole).put("finish_reason", AnswerForm.reason(outcomes.get(whole.index()), false));
        }
        return AnswerForm.counted(body, sum);
    }

    /** A piece as a whole: this protocol knows text alone. */
    private static Whole whole(Part part) {
        return switch (part.said()) {
            case AnswerPart.Content(String text) -> new Whole(part.index(), text, "", List.of(), part.scores());
            case AnswerPart.Reasoning _, AnswerPart.Call _ ->
                throw new IllegalStateException("part: of a chat (expected: text)");
        };
    }

    private static ObjectNode choice(ArrayNode choices, Answer answer, Whole part) {
        ObjectNode choice = choices.addObject().put("index", part.index()).put("text", part.content());
        if (part.scores().isEmpty()
                || (part.scores().get().isEmpty() && part.content().isEmpty())) {
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
