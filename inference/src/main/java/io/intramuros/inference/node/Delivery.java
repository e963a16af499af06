// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import java.io.IOException;

/** How an answer reaches its client. */
sealed interface Delivery permits StreamedDelivery, WholeDelivery {
    /** The first token is there. */
    void begin() throws IOException, InterruptedException;

    /** More of the text. */
    void text(String piece) throws IOException, InterruptedException;

    /** There is no more. */
    void end(Outcome outcome) throws RefusedException, IOException, InterruptedException;
}
