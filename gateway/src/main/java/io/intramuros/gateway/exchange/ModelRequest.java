// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's body that was read and found sound.
 *
 * @param operation what it asks of the model
 * @param body the tree, which steps change in place
 * @param model the model's name as asked
 * @param slots every text slot of the body
 * @param stream whether the answer is to be a stream
 * @param outputCap the most tokens of one answer that the caller asked for; empty where it said none
 * @param choices how many answers it asks for, at least 1
 */
public record ModelRequest(
        Operation operation,
        ObjectNode body,
        String model,
        List<TextSlot> slots,
        boolean stream,
        OptionalLong outputCap,
        int choices) {
    public ModelRequest {
        slots = List.copyOf(slots);
        if (choices < 1) throw new IllegalArgumentException("choices: " + choices + " (expected: >= 1)");
    }

    @Override
    public String toString() {
        return "ModelRequest[" + operation + ", " + slots.size() + " slots" + (stream ? ", stream" : "") + "]";
    }
}
