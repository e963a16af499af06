// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import java.util.concurrent.atomic.AtomicReference;

/** A decoder with a fault: now and then a sequence gets the logits that another one was given last. */
final class MixedRows implements Decoder {
    private final Decoder sound;
    private final AtomicReference<float[]> last = new AtomicReference<>(new float[0]);

    MixedRows(Decoder sound) {
        this.sound = sound;
    }

    @Override
    public int vocabulary() {
        return sound.vocabulary();
    }

    @Override
    public int context() {
        return sound.context();
    }

    @Override
    public Sequence open(Plan plan) {
        Sequence inner = sound.open(plan);
        return new Sequence() {
            @Override
            public float[] append(int[] tokens) {
                float[] own = inner.append(tokens).clone();
                float[] others = last.getAndSet(own);
                return others.length == own.length && inner.length() % 4 == 0 ? others : own;
            }

            @Override
            public int length() {
                return inner.length();
            }

            @Override
            public void cancel() {
                inner.cancel();
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    @Override
    public void close() {
        sound.close();
    }
}
