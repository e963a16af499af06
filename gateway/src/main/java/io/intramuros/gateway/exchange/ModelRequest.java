// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's body that was read and found sound.
 *
 * @param body the tree, which steps change in place
 * @param model the model's name as asked
 * @param slots every text slot of the body
 * @param stream whether the answer is to be a stream
 * @param includeUsage whether the caller asked for usage in the stream
 * @param outputCap the most tokens of the answer that the caller asked for; empty where it said none
 */
public record ModelRequest(
        ObjectNode body,
        String model,
        List<TextSlot> slots,
        boolean stream,
        boolean includeUsage,
        OptionalLong outputCap) {
    public ModelRequest {
        slots = List.copyOf(slots);
    }

    @Override
    public String toString() {
        return "ModelRequest[" + slots.size() + " slots" + (stream ? ", stream" : "") + "]";
    }
}
