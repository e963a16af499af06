// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.BrokenAnswer;
import io.intramuros.gateway.exchange.TextSlot.Form;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts an answer's texts through the filters of its exchange, event by event. What a filter holds back comes out before
 * anything else begins, so whoever writes the events can close one part before it opens the next. Calls come one after
 * the other; an end comes once.
 */
final class RestoredEvents {
    private final AnswerText.Filters filters;
    private final Consumer<ChatEvent> to;
    private @Nullable Running running;
    private boolean called;
    private boolean ended;

    /** Sends what comes out {@code to} somebody. */
    RestoredEvents(AnswerText.Filters filters, Consumer<ChatEvent> to) {
        this.filters = filters;
        this.to = to;
    }

    /**
     * The part that is being said.
     *
     * @param call the call's index; -1 for what is said, -2 for what is thought
     */
    private record Running(int call, AnswerText filter, Function<String, ChatEvent> event) {}

    void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.Said(String piece) -> piece(-1, Form.TEXT, piece, ChatEvent.Said::new);
            case ChatEvent.Thought(String piece) -> piece(-2, Form.TEXT, piece, ChatEvent.Thought::new);
            case ChatEvent.CallBegun begun -> {
                open();
                close();
                called = true;
                to.accept(begun);
                running = new Running(
                        begun.index(),
                        filters.open(Form.JSON),
                        text -> new ChatEvent.CallArguments(begun.index(), text));
            }
            case ChatEvent.CallArguments(int index, String piece) -> arguments(index, piece);
            case ChatEvent.Ended end -> end(end);
            case ChatEvent.Counted counted -> to.accept(counted);
        }
    }

    private void arguments(int index, String piece) {
        if (piece.isEmpty()) return;
        open();
        Running now = running;
        if (now == null || now.call() != index)
            throw new BrokenAnswer("arguments: of a call that is not the last one that began");
        send(now, now.filter().accept(piece));
    }

    private void piece(int kind, Form form, String piece, Function<String, ChatEvent> event) {
        if (piece.isEmpty()) return;
        open();
        Running now = running;
        if (now == null || now.call() != kind) {
            close();
            now = new Running(kind, filters.open(form), event);
            running = now;
        }
        send(now, now.filter().accept(piece));
    }

    private void end(ChatEvent.Ended end) {
        if (ended) return;
        close();
        ended = true;
        // Some servers say "stop" where a tool is to be called.
        StopReason reason = called && end.reason() == StopReason.STOP ? StopReason.CALLS : end.reason();
        Optional<String> sequence = end.sequence().map(text -> filters.whole(Form.TEXT, text));
        to.accept(new ChatEvent.Ended(reason, sequence));
    }

    private void open() {
        if (ended) throw new BrokenAnswer("event: after the answer's end");
    }

    private void close() {
        Running now = running;
        if (now != null) send(now, now.filter().finish());
        running = null;
    }

    private void send(Running part, String text) {
        if (!text.isEmpty()) to.accept(part.event().apply(text));
    }
}
