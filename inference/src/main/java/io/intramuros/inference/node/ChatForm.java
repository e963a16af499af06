// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.answer.AnswerPart;
import io.intramuros.inference.text.Outcome;
import io.intramuros.inference.text.ScoredToken;
import io.intramuros.inference.text.ToolCall;
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
        delta(choice.putObject("delta"), part);
        logprobs(choice, answer, part.scores()).putNull("finish_reason");
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode finish(Answer answer, Part last, Outcome outcome) {
        ObjectNode event = answer.object(CHUNK);
        ObjectNode choice = choice(event, last.index());
        choice.putObject("delta");
        boolean none = last.scores().isEmpty() || last.scores().get().isEmpty();
        ObjectNode scored = none ? choice.putNull("logprobs") : logprobs(choice, answer, last.scores());
        scored.put("finish_reason", AnswerForm.reason(outcome, last.calls() > 0));
        return answer.uncounted(event);
    }

    @Override
    public ObjectNode usage(Answer answer, Outcome outcome) {
        ObjectNode event = answer.object(CHUNK);
        event.putArray("choices");
        return AnswerForm.counted(event, outcome);
    }

    @Override
    public ObjectNode whole(Answer answer, List<Whole> wholes, List<Outcome> outcomes, Outcome sum) {
        ObjectNode body = answer.object("chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (Whole whole : wholes) {
            ObjectNode choice = choices.addObject().put("index", whole.index());
            message(choice.putObject("message"), whole);
            boolean called = !whole.calls().isEmpty();
            logprobs(choice, answer, whole.scores())
                    .put("finish_reason", AnswerForm.reason(outcomes.get(whole.index()), called));
        }
        return AnswerForm.counted(body, sum);
    }

    private static void delta(ObjectNode delta, Part part) {
        switch (part.said()) {
            case AnswerPart.Content(String text) -> delta.put("content", text);
            case AnswerPart.Reasoning(String text) -> delta.put("reasoning_content", text);
            case AnswerPart.Call(ToolCall call) -> {
                ObjectNode entry = delta.putArray("tool_calls").addObject().put("index", part.calls());
                call(entry, call);
            }
        }
    }

    private static void message(ObjectNode message, Whole whole) {
        message.put("role", "assistant");
        if (whole.content().isEmpty() && !whole.calls().isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", whole.content());
        }
        message.putNull("refusal");
        if (!whole.reasoning().isEmpty()) {
            message.put("reasoning_content", whole.reasoning());
        }
        if (!whole.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            whole.calls().forEach(call -> call(calls.addObject(), call));
        }
    }

    private static void call(ObjectNode entry, ToolCall call) {
        entry.put("id", call.id()).put("type", "function");
        entry.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }

    private static ObjectNode choice(ObjectNode event, int index) {
        return event.putArray("choices").addObject().put("index", index);
    }

    private static ObjectNode logprobs(ObjectNode choice, Answer answer, Optional<List<ScoredToken>> scores) {
        if (scores.isEmpty()) {
            return choice.putNull("logprobs");
        }
        ObjectNode logprobs = choice.putObject("logprobs");
        ArrayNode content = logprobs.putArray("content");
        for (ScoredToken token : scores.get()) {
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
