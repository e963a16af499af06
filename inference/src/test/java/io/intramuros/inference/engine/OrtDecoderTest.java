// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.ort.OrtRuntime;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OrtDecoderTest {
    @TempDir
    private static Path folder;

    private static OrtRuntime runtime;
    private static Path model;

    @BeforeAll
    static void convert() throws Exception {
        runtime = Engines.runtime();
        model = Engines.convert(TinyLlama.of(GgmlType.F32, true, 1), folder, 0);
    }

    @AfterAll
    static void close() {
        runtime.close();
    }

    @Test
    void append_inChunks_givesWhatOneRunGives() throws Exception {
        try (Decoder whole = decoder(1, 4096, 512);
                Decoder chunks = decoder(1, 4096, 7);
                Decoder.Sequence once = whole.open();
                Decoder.Sequence often = chunks.open()) {
            float[] expected = once.append(Engines.tokens(300));
            assertThat(often.append(Engines.tokens(300))).containsExactly(expected, within(1e-4f));
            assertThat(often.length()).isEqualTo(300);
        }
    }

    @Test
    void append_beyondTheFirstMemory_remembersWhatCameBefore() throws Exception {
        try (Decoder decoder = decoder(2, 4096, 64);
                Decoder.Sequence whole = decoder.open();
                Decoder.Sequence steps = decoder.open()) {
            float[] expected = whole.append(Engines.tokens(530)).clone();
            float[] found = steps.append(Engines.tokens(250));
            for (int i = 250; i < 530; i++) {
                found = steps.append(new int[] {Engines.tokens(530)[i]});
            }
            assertThat(found).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void append_twoSequencesInTurns_givesWhatEachGivesAlone() throws Exception {
        int[] first = Engines.tokens(40);
        int[] second = Arrays.copyOfRange(Engines.tokens(90), 50, 90);
        try (Decoder decoder = decoder(4, 4096, 64);
                Decoder.Sequence a = decoder.open();
                Decoder.Sequence b = decoder.open();
                Decoder.Sequence aloneA = decoder.open();
                Decoder.Sequence aloneB = decoder.open()) {
            float[][] inTurns = new float[2][];
            for (int i = 0; i < 40; i += 4) {
                inTurns[0] = a.append(Arrays.copyOfRange(first, i, i + 4)).clone();
                inTurns[1] = b.append(Arrays.copyOfRange(second, i, i + 4)).clone();
            }
            assertThat(inTurns[0]).containsExactly(inFours(aloneA, first));
            assertThat(inTurns[1]).containsExactly(inFours(aloneB, second));
        }
    }

    @Test
    void append_fromTwoThreads_givesWhatEachGivesAlone() throws Exception {
        try (Decoder decoder = decoder(3, 4096, 64);
                Decoder.Sequence a = decoder.open();
                Decoder.Sequence b = decoder.open();
                Decoder.Sequence alone = decoder.open()) {
            float[] expected = inFours(alone, Engines.tokens(200));
            CompletableFuture<float[]> other = CompletableFuture.supplyAsync(() -> inFours(b, Engines.tokens(200)));
            assertThat(inFours(a, Engines.tokens(200))).containsExactly(expected);
            assertThat(other.get()).containsExactly(expected);
        }
    }

    @Test
    void append_moreThanTheContext_saysSoAndKeepsTheSequence() throws Exception {
        try (Decoder decoder = decoder(1, 20, 64);
                Decoder.Sequence sequence = decoder.open()) {
            sequence.append(Engines.tokens(15));
            assertThatThrownBy(() -> sequence.append(Engines.tokens(6)))
                    .isInstanceOf(ContextFullException.class)
                    .hasMessageContaining("21");
            assertThat(sequence.append(Engines.tokens(5))).hasSize(TinyLlama.VOCABULARY);
            assertThat(sequence.length()).isEqualTo(20);
        }
    }

    @Test
    void append_tokenOutsideTheVocabulary_isRefused() throws Exception {
        try (Decoder decoder = decoder(1, 20, 64);
                Decoder.Sequence sequence = decoder.open()) {
            for (int bad : new int[] {-1, TinyLlama.VOCABULARY}) {
                assertThatThrownBy(() -> sequence.append(new int[] {bad})).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> sequence.append(new int[0])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void cancel_whileALongPromptRuns_endsIt() throws Exception {
        try (Decoder decoder = decoder(1, 4096, 4096);
                Decoder.Sequence sequence = decoder.open()) {
            CompletableFuture<float[]> running = CompletableFuture.supplyAsync(() -> {
                for (int i = 0; i < 400; i++) {
                    sequence.append(Engines.tokens(10));
                }
                return sequence.append(Engines.tokens(90));
            });
            while (sequence.length() == 0 && !running.isDone()) {
                Thread.onSpinWait();
            }
            sequence.cancel();
            assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CancelledException.class);
            assertThatThrownBy(() -> sequence.append(new int[] {1})).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void cancel_otherSequence_runsOn() throws Exception {
        try (Decoder decoder = decoder(2, 100, 64);
                Decoder.Sequence cancelled = decoder.open();
                Decoder.Sequence other = decoder.open()) {
            cancelled.cancel();
            assertThat(other.append(Engines.tokens(3))).hasSize(TinyLlama.VOCABULARY);
        }
    }

    @Test
    void open_allTaken_isRefusedUntilOneIsClosed() throws Exception {
        try (Decoder decoder = decoder(1, 20, 64)) {
            Decoder.Sequence only = decoder.open();
            assertThatThrownBy(decoder::open).isInstanceOf(IllegalStateException.class);
            only.close();
            only.close();
            decoder.open().close();
        }
    }

    @Test
    void close_withASequenceOpen_letsItEndAndOpensNoOther() throws Exception {
        Decoder decoder = decoder(2, 20, 64);
        Decoder.Sequence sequence = decoder.open();
        decoder.close();
        assertThat(sequence.append(Engines.tokens(3))).hasSize(TinyLlama.VOCABULARY);
        assertThatThrownBy(decoder::open).isInstanceOf(IllegalStateException.class);
        sequence.close();
        sequence.cancel();
        assertThatThrownBy(() -> sequence.append(new int[] {1})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void append_oneTokenOnceWarm_allocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int[] token = {7};
        long least = Long.MAX_VALUE;
        try (Decoder decoder = decoder(1, 4096, 64)) {
            for (int round = 0; round < 40 && least > 0; round++) {
                try (Decoder.Sequence sequence = decoder.open()) {
                    sequence.append(token);
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < 200; i++) {
                        sequence.append(token);
                    }
                    least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                }
            }
        }
        assertThat(least).isZero();
    }

    private static Decoder decoder(int sequences, int context, int chunk) throws Exception {
        return OrtDecoder.load(runtime, model, new DecoderSettings(1, sequences, context, chunk));
    }

    private static float[] inFours(Decoder.Sequence sequence, int[] tokens) {
        float[] last = {};
        for (int i = 0; i < tokens.length; i += 4) {
            last = sequence.append(Arrays.copyOfRange(tokens, i, i + 4));
        }
        return last.clone();
    }
}
