// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import java.io.IOException;
import java.util.List;

/** How answers reach their client, one after the other. */
sealed interface Delivery permits StreamedDelivery, WholeDelivery {
    /** The first token of an answer is there. */
    void begin(int index) throws IOException, InterruptedException;

    /** More of the answer. */
    void said(AnswerForm.Part part) throws IOException, InterruptedException;

    /** There is no more of an answer; the part has scores that nothing was said for. */
    void finish(AnswerForm.Part last, Outcome outcome) throws RefusedException, IOException, InterruptedException;

    /** There is no more at all: one outcome for each answer, and the tokens of all. */
    void end(List<Outcome> outcomes, Outcome sum) throws RefusedException, IOException, InterruptedException;
}
