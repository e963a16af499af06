// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends an answer event by event. It begins with the first token, so that what fails before has a status of its own.
 *
 * @param call where it is sent
 * @param form the protocol's shape
 * @param answer what all events have in common
 */
record StreamedDelivery(Call call, AnswerForm form, AnswerForm.Answer answer) implements Delivery {
    @Override
    public void begin(int index) throws IOException, InterruptedException {
        if (!call.isStreaming()) {
            call.beginEvents();
        }
        Optional<ObjectNode> opening = form.opening(answer, index);
        if (opening.isPresent()) {
            call.event(opening.get());
        }
    }

    @Override
    public void said(AnswerForm.Part part) throws IOException, InterruptedException {
        call.event(form.piece(answer, part));
    }

    @Override
    public void finish(AnswerForm.Part last, Outcome outcome)
            throws RefusedException, IOException, InterruptedException {
        if (outcome.reason() == Outcome.Reason.CANCELLED) {
            cutShort();
            return;
        }
        call.event(form.finish(answer, last, outcome));
    }

    @Override
    public void end(List<Outcome> outcomes, Outcome sum) throws IOException, InterruptedException {
        if (call.isEnded()) {
            return;
        }
        if (answer.usage()) {
            call.event(form.usage(answer, sum));
        }
        call.endEvents();
    }

    /** The client is gone, or the node goes down: then the client learns that this is not the end of the text. */
    private void cutShort() throws RefusedException, IOException, InterruptedException {
        if (!call.isStreaming()) {
            throw new RefusedException(ApiError.draining());
        }
        call.event(Json.error(ApiError.draining()));
        call.abort();
    }
}
