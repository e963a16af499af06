// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.exchange.AnswerStream;
import io.intramuros.gateway.exchange.AnswerWriter;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Usage;
import java.io.ByteArrayOutputStream;

/** A stream that is read in one protocol and written in another. */
final class TranslatedStream implements AnswerStream {
    private final Exchange exchange;
    private final ChatReader.StreamReader reader;
    private final AnswerWriter writer;
    private final RestoredEvents restored;
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long pieces;
    private boolean finished;
    private Tokens reported = Tokens.NONE;
    private volatile Usage usage = Usage.NONE;

    TranslatedStream(Exchange exchange, ChatReader.StreamReader reader) {
        this.exchange = exchange;
        this.reader = reader;
        this.writer = exchange.endpoint().writer(exchange);
        this.restored = new RestoredEvents(exchange.found().filters.get(), event -> writer.event(event, out));
    }

    @Override
    public byte[] accept(byte[] bytes) {
        out = new ByteArrayOutputStream(bytes.length + 128);
        reader.accept(bytes, this::event);
        return out.toByteArray();
    }

    private void event(ChatEvent event) {
        // Some servers say the end twice; what comes after it is no part of the answer, but for the use.
        if (finished && !(event instanceof ChatEvent.Counted)) return;
        switch (event) {
            case ChatEvent.Counted(Tokens tokens) -> {
                reported = tokens;
                usage = new Usage(tokens.in(), tokens.out());
            }
            case ChatEvent.Ended _ -> finished = true;
            case ChatEvent.Said _, ChatEvent.Thought _, ChatEvent.CallBegun _, ChatEvent.CallArguments _ -> {
                if (reported.equals(Tokens.NONE)) usage = new Usage(0, ++pieces);
            }
        }
        restored.accept(event);
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public byte[] done() {
        out = new ByteArrayOutputStream(256);
        writer.done(tokens(), out);
        return out.toByteArray();
    }

    /** What the node said, else what is known without it. */
    private Tokens tokens() {
        if (!reported.equals(Tokens.NONE)) return reported;
        Usage known = exchange.found().usageSoFar();
        return new Tokens(known.in(), known.out(), 0, 0);
    }

    @Override
    public byte[] failed(Refusal refusal) {
        out = new ByteArrayOutputStream(256);
        writer.failed(refusal, out);
        return out.toByteArray();
    }
}
