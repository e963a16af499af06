// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import io.intramuros.inference.text.ScoredToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers answers and sends them in one piece. */
final class WholeDelivery implements Delivery {
    private final Call call;
    private final AnswerForm form;
    private final AnswerForm.Answer answer;
    private final List<AnswerForm.Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
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
    public void text(AnswerForm.Part part) {
        text.append(part.text());
        part.scores().ifPresent(scores::addAll);
    }

    @Override
    public void finish(AnswerForm.Part last, Outcome outcome) throws RefusedException {
        if (outcome.reason() == Outcome.Reason.CANCELLED) {
            throw new RefusedException(ApiError.draining());
        }
        text(last);
        Optional<List<ScoredToken>> all = last.scores().map(_ -> List.copyOf(scores));
        parts.add(new AnswerForm.Part(last.index(), text.toString(), all));
        text.setLength(0);
        scores.clear();
    }

    @Override
    public void end(List<Outcome> outcomes, Outcome sum) {
        call.json(200, form.whole(answer, parts, outcomes, sum));
    }
}
