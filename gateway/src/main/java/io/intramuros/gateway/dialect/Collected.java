// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts an answer's events together. */
public final class Collected implements Consumer<ChatEvent> {
    private final List<Part> parts = new ArrayList<>();
    private Tokens tokens = Tokens.NONE;
    private ChatEvent.Ended ending = new ChatEvent.Ended(StopReason.STOP, Optional.empty());

    @Override
    public void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.Said(String piece) -> add(new Part.Text(piece));
            case ChatEvent.Thought(String piece) -> add(new Part.Thinking(piece));
            case ChatEvent.CallBegun begun -> parts.add(new Part.Call(begun.id(), begun.name(), ""));
            case ChatEvent.CallArguments(int _, String piece) -> add(new Part.Call("", "", piece));
            case ChatEvent.Ended end -> ending = end;
            case ChatEvent.Counted(Tokens counted) -> tokens = counted;
        }
    }

    /** The whole of what came. */
    public Answer.Told told() {
        return new Answer.Told(parts, ending, tokens);
    }

    /** What was said so far. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    private void add(Part more) {
        if (parts.isEmpty()) {
            parts.add(more);
            return;
        }
        Part last = parts.getLast();
        switch (last) {
            case Part.Text(String text)
            when more instanceof Part.Text(String piece) -> parts.set(parts.size() - 1, new Part.Text(text + piece));
            case Part.Thinking(String text)
            when more instanceof Part.Thinking(String piece) ->
                parts.set(parts.size() - 1, new Part.Thinking(text + piece));
            case Part.Call(String id, String name, String arguments)
            when more instanceof Part.Call call ->
                parts.set(parts.size() - 1, new Part.Call(id, name, arguments + call.arguments()));
            default -> parts.add(more);
        }
    }
}
