// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.Step;
import java.util.List;

/**
 * Steps 3 to 9 of the way, in their order.
 *
 * @param record the last of them, which also records further tries
 */
public record Steps(
        Read read, Decide decide, Reserve reserve, AnswerHere here, Redact redact, Route route, RecordAdmitted record) {
    /** The one list. */
    public List<Step> inOrder() {
        return List.of(read, decide, reserve, here, redact, here, route, record);
    }
}
