// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import io.intramuros.inference.engine.CancelledException;
import io.intramuros.inference.engine.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for a network over {@link Vocabularies#bytes}: it always goes on with the next byte of one text, from the
 * beginning again where it has no end.
 */
public final class ScriptedDecoder implements Decoder {
    private final byte[] text;
    private final boolean endless;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong steps = new AtomicLong();

    public ScriptedDecoder(String text, boolean endless) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.endless = endless;
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
        return Vocabularies.FIRST_BYTE + 256;
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
            boolean over = said == text.length && !endless;
            logits[over ? Vocabularies.END : Vocabularies.FIRST_BYTE + (text[said % text.length] & 0xFF)] = 9;
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
