// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.answer.AnswerPart;
import io.intramuros.inference.text.Outcome;
import io.intramuros.inference.text.ScoredToken;
import io.intramuros.inference.text.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers answers and sends them in one piece. */
final class WholeDelivery implements Delivery {
    private final Call call;
    private final AnswerForm form;
    private final AnswerForm.Answer answer;
    private final List<AnswerForm.Whole> wholes = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private final List<ScoredToken> scores = new ArrayList<>();

    WholeDelivery(Call call, AnswerForm form, AnswerForm.Answer answer) {
        this.call = call;
        this.form = form;
        this.answer = answer;
    }

    @Override
    public void begin(int index) {
        // The status waits for the end.
    }

    @Override
    public void said(AnswerForm.Part part) {
        switch (part.said()) {
            case AnswerPart.Content(String text) -> content.append(text);
            case AnswerPart.Reasoning(String text) -> reasoning.append(text);
            case AnswerPart.Call(ToolCall call) -> calls.add(call);
        }
        part.scores().ifPresent(scores::addAll);
    }

    @Override
    public void finish(AnswerForm.Part last, Outcome outcome) throws RefusedException {
        if (outcome.reason() == Outcome.Reason.CANCELLED) {
            throw new RefusedException(ApiError.draining());
        }
        said(last);
        Optional<List<ScoredToken>> all = last.scores().map(_ -> List.copyOf(scores));
        wholes.add(new AnswerForm.Whole(last.index(), content.toString(), reasoning.toString(), calls, all));
        content.setLength(0);
        reasoning.setLength(0);
        calls.clear();
        scores.clear();
    }

    @Override
    public void end(List<Outcome> outcomes, Outcome sum) {
        call.json(200, form.whole(answer, wholes, outcomes, sum));
    }
}
