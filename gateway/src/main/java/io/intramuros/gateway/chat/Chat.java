// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.List;
import java.util.Optional;

/**
 * A conversation to go on with.
 *
 * @param tools what the model may call
 * @param choice whether it may or must call; empty where nothing was said
 * @param stream whether the answer comes by events
 */
public record Chat(
        List<Message> messages, List<Tool> tools, Optional<ToolChoice> choice, Options options, boolean stream)
        implements Ask {
    public Chat {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    @Override
    public String toString() {
        return "Chat[" + messages.size() + " messages, " + tools.size() + " tools]";
    }
}
