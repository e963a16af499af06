// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;

/** Gathers an answer and sends it in one piece. */
final class WholeDelivery implements Delivery {
    private final Call call;
    private final AnswerForm form;
    private final AnswerForm.Answer answer;
    private final StringBuilder text = new StringBuilder();

    WholeDelivery(Call call, AnswerForm form, AnswerForm.Answer answer) {
        this.call = call;
        this.form = form;
        this.answer = answer;
    }

    @Override
    public void begin() {
        // The status waits for the end.
    }

    @Override
    public void text(String piece) {
        text.append(piece);
    }

    @Override
    public void end(Outcome outcome) throws RefusedException {
        if (outcome.reason() == Outcome.Reason.CANCELLED) {
            throw new RefusedException(ApiError.draining());
        }
        call.json(200, form.whole(answer, text.toString(), outcome));
    }
}
