// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.engine.CancelledException;
import io.intramuros.inference.engine.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Stands in for a network over {@link Vocabularies#bytes}: it always goes on with the next byte of one text, from the
 * beginning again where it has no end.
 */
public final class ScriptedDecoder implements Decoder {
    private final int[] script;
    private final int vocabulary;
    private final boolean endless;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong steps = new AtomicLong();

    public ScriptedDecoder(String text, boolean endless) {
        this(ids(text, Vocabularies.bytes(Optional.empty())), Vocabularies.FIRST_BYTE + 256, endless);
    }

    /** One that says a text in which control tokens are spelled out. */
    public ScriptedDecoder(String text, Vocabulary vocabulary) {
        this(ids(text, vocabulary), vocabulary.tokens().size(), false);
    }

    private ScriptedDecoder(int[] script, int vocabulary, boolean endless) {
        this.script = script;
        this.vocabulary = vocabulary;
        this.endless = endless;
    }

    private static int[] ids(String text, Vocabulary vocabulary) {
        var ids = new Ids();
        int at = 0;
        while (at < text.length()) {
            int from = at;
            OptionalInt control = IntStream.range(0, vocabulary.tokens().size())
                    .filter(id -> vocabulary.isControl(id)
                            && text.startsWith(vocabulary.tokens().get(id), from))
                    .findFirst();
            if (control.isPresent()) {
                ids.add(control.getAsInt());
                at += vocabulary.tokens().get(control.getAsInt()).length();
            } else {
                int next = text.offsetByCodePoints(at, 1);
                for (byte b : text.substring(at, next).getBytes(StandardCharsets.UTF_8)) {
                    ids.add(Vocabularies.FIRST_BYTE + (b & 0xFF));
                }
                at = next;
            }
        }
        return ids.toArray();
    }

    /** How many tokens were asked for so far. */
    public long steps() {
        return steps.get();
    }

    /** How many sequences are open. */
    public int sequences() {
        return open.get();
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public int context() {
        return endless ? 1 << 30 : 4096;
    }

    @Override
    public Sequence open(Plan plan) {
        open.incrementAndGet();
        return new Scripted();
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private final class Scripted implements Sequence {
        private int length;
        private int said;
        private volatile boolean stopped;

        @Override
        public float[] append(int[] tokens) {
            if (stopped) {
                throw new CancelledException();
            }
            length += tokens.length;
            steps.incrementAndGet();
            float[] logits = new float[vocabulary()];
            boolean over = said == script.length && !endless;
            logits[over ? Vocabularies.END : script[said % script.length]] = 9;
            said += over ? 0 : 1;
            return logits;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public void cancel() {
            stopped = true;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
