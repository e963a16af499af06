// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.graph.GraphSettings;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.wiring.WiringModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class BatchTest {
    private static final int SCHEDULES = Integer.getInteger("schedules", 200);

    @TempDir
    private static Path folder;

    private static OrtRuntime runtime;
    private static Path wiring;
    private static Path tiny;

    @BeforeAll
    static void convert() throws Exception {
        runtime = Engines.runtime();
        Path gguf = Files.write(folder.resolve("wiring.gguf"), WiringModel.gguf());
        wiring = ModelConversion.convert(gguf, folder.resolve("w"), new GraphSettings(512, 0, 0), (bytes, of) -> {});
        tiny = Engines.convert(TinyLlama.of(GgmlType.F32, true, 1), folder, 0);
    }

    @AfterAll
    static void close() {
        runtime.close();
    }

    @Test
    void append_generatedSchedules_givesWhatEachSequenceGivesAlone() throws Exception {
        try (Decoder together = decoder(wiring, 8, 512, 16);
                Decoder alone = decoder(wiring, 8, 512, 512);
                Schedules schedules = new Schedules(together, alone)) {
            for (int seed = 0; seed < SCHEDULES; seed++) {
                assertThat(schedules.wrong(seed)).as("seed " + seed).isZero();
            }
        }
    }

    @Test
    void append_decoderThatMixesRows_isCaught() throws Exception {
        try (Decoder together = new MixedRows(decoder(wiring, 8, 512, 16));
                Decoder alone = decoder(wiring, 8, 512, 512);
                Schedules schedules = new Schedules(together, alone)) {
            int wrong = 0;
            for (int seed = 0; seed < 20; seed++) {
                wrong += schedules.wrong(seed);
            }
            assertThat(wrong).isPositive();
        }
    }

    @Test
    void append_beginsAsAnEndedSequenceOfTheTenant_runsOnlyTheRest() throws Exception {
        int[] tokens = Engines.tokens(120);
        try (OrtDecoder decoder = decoder(tiny, 4, 4096, 64)) {
            float[] cold = answer(decoder, "a", tokens);
            assertThat(decoder.reusedTokens()).isZero();
            assertThat(answer(decoder, "a", tokens)).containsExactly(cold, within(1e-4f));
            assertThat(decoder.reusedTokens()).isEqualTo(119);
            answer(decoder, "a", Arrays.copyOf(tokens, 50));
            assertThat(decoder.reusedTokens()).isEqualTo(119 + 49);
        }
    }

    @Test
    void append_beginsAsARunningSequence_copiesItsBeginning() throws Exception {
        int[] tokens = Engines.tokens(120);
        int[] other = tokens.clone();
        other[100] = other[100] + 1;
        try (OrtDecoder decoder = decoder(tiny, 4, 4096, 64);
                OrtDecoder fresh = decoder(tiny, 4, 4096, 64);
                Decoder.Sequence running = decoder.open(new Decoder.Plan("a", 200))) {
            float[] before = running.append(tokens).clone();
            assertThat(answer(decoder, "a", other)).containsExactly(answer(fresh, "a", other), within(1e-4f));
            assertThat(decoder.reusedTokens()).isEqualTo(100);
            assertThat(answer(decoder, "a", tokens)).containsExactly(before, within(1e-4f));
            assertThat(running.append(new int[] {5})).hasSize(TinyLlama.VOCABULARY);
        }
    }

    @Test
    void append_beginsAsASequenceOfAnotherTenant_sharesNothing() throws Exception {
        int[] tokens = Engines.tokens(120);
        try (OrtDecoder decoder = decoder(tiny, 4, 4096, 64)) {
            answer(decoder, "a", tokens);
            answer(decoder, "b", tokens);
            assertThat(decoder.reusedTokens()).isZero();
        }
    }

    @Test
    void append_lateSequenceBesideALongPrompt_getsItsTokensInBetween() throws Exception {
        int[] prompt = Engines.tokens(4000);
        try (OrtDecoder decoder = decoder(tiny, 2, 4096, 32);
                Decoder.Sequence talking = decoder.open();
                Decoder.Sequence reading = decoder.open()) {
            talking.append(Engines.tokens(3));
            CompletableFuture<float[]> read = CompletableFuture.supplyAsync(() -> reading.append(prompt));
            int between = 0;
            while (!read.isDone()) {
                talking.append(new int[] {7});
                between++;
            }
            read.get();
            // 4000 tokens in pieces of at most 32, a step after each.
            assertThat(between).isGreaterThan(60);
        }
    }

    @Test
    void append_slowCaller_doesNotHoldTheOthers() throws Exception {
        try (OrtDecoder decoder = decoder(tiny, 3, 4096, 32);
                Decoder.Sequence quick = decoder.open();
                Decoder.Sequence slow = decoder.open();
                Decoder.Sequence alone = decoder.open()) {
            slow.append(Engines.tokens(9));
            float[] first = slow.append(new int[] {3}).clone();
            quick.append(Engines.tokens(5));
            for (int i = 0; i < 100; i++) {
                quick.append(new int[] {i % TinyLlama.VOCABULARY});
            }
            // What the slow one remembers is not touched by the steps that it missed.
            alone.append(Engines.tokens(9));
            assertThat(alone.append(new int[] {3})).containsExactly(first, within(1e-4f));
            float[] expected = alone.append(new int[] {4}).clone();
            assertThat(slow.append(new int[] {4})).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void cancel_whileItsPromptRuns_leavesTheOthersAlone() throws Exception {
        try (OrtDecoder decoder = decoder(tiny, 2, 4096, 4096);
                Decoder.Sequence other = decoder.open();
                Decoder.Sequence reading = decoder.open()) {
            other.append(Engines.tokens(3));
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<float[]> read = CompletableFuture.supplyAsync(() -> {
                begun.countDown();
                return reading.append(Engines.tokens(4000));
            });
            begun.await();
            reading.cancel();
            assertThatThrownBy(() -> read.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CancelledException.class);
            assertThat(other.append(new int[] {5})).hasSize(TinyLlama.VOCABULARY);
        }
    }

    @Test
    void append_interrupted_endsAsCancelledAndStaysInterrupted() throws Exception {
        var interrupted = new CompletableFuture<Boolean>();
        try (OrtDecoder decoder = decoder(tiny, 1, 4096, 4096);
                Decoder.Sequence sequence = decoder.open()) {
            Thread caller = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                try {
                    sequence.append(Engines.tokens(4000));
                    interrupted.complete(false);
                } catch (CancelledException e) {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                }
            });
            caller.join();
            assertThat(interrupted.get()).isTrue();
        }
    }

    @Test
    void fits_withinTheMemory_countsTheLongest() throws Exception {
        long perToken = 2L * TinyLlama.LAYERS * TinyLlama.KV_HEADS * TinyLlama.HEAD_SIZE * Float.BYTES;
        try (Decoder decoder = OrtDecoder.load(runtime, tiny, new DecoderSettings(1, 4, 4096, 64, perToken * 1024))) {
            assertThat(decoder.context()).isEqualTo(1024);
            assertThat(decoder.fits(4, 200)).isTrue();
            assertThat(decoder.fits(4, 300)).isFalse();
            assertThat(decoder.fits(2, 300)).isTrue();
            assertThat(decoder.fits(5, 1)).isFalse();
            assertThat(decoder.fits(1, 5000)).isTrue();
        }
    }

    @Test
    void append_longerThanTheMemoryOfAllRows_dropsWhatEndedSequencesLeft() throws Exception {
        long perToken = 2L * TinyLlama.LAYERS * TinyLlama.KV_HEADS * TinyLlama.HEAD_SIZE * Float.BYTES;
        try (OrtDecoder decoder =
                OrtDecoder.load(runtime, tiny, new DecoderSettings(1, 4, 4096, 64, perToken * 1024))) {
            try (Decoder.Sequence a = decoder.open();
                    Decoder.Sequence b = decoder.open();
                    Decoder.Sequence c = decoder.open()) {
                a.append(Engines.tokens(20));
                b.append(Engines.tokens(21));
                c.append(Engines.tokens(22));
            }
            float[] expected;
            try (OrtDecoder fresh = decoder(tiny, 1, 4096, 64)) {
                expected = answer(fresh, "", Engines.tokens(1000));
            }
            assertThat(answer(decoder, "", Engines.tokens(1000))).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void step_onceWarm_allocatesNothingOnTheEnginesThread() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (OrtDecoder decoder = decoder(tiny, 2, 4096, 64);
                Decoder.Sequence one = decoder.open();
                Decoder.Sequence two = decoder.open()) {
            one.append(Engines.tokens(3));
            two.append(Engines.tokens(3));
            long engine = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("batch") && thread.isAlive())
                    .mapToLong(Thread::threadId)
                    .max()
                    .orElseThrow();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 30 && least > 0; round++) {
                long before = threads.getThreadAllocatedBytes(engine);
                var done = new CountDownLatch(1);
                Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 50; i++) {
                        two.append(new int[] {i});
                    }
                    done.countDown();
                });
                for (int i = 0; i < 50; i++) {
                    one.append(new int[] {i});
                }
                done.await();
                least = Math.min(least, threads.getThreadAllocatedBytes(engine) - before);
            }
            assertThat(least).isZero();
        }
    }

    private static float[] answer(Decoder decoder, String tenant, int[] tokens) {
        try (Decoder.Sequence sequence = decoder.open(new Decoder.Plan(tenant, tokens.length))) {
            return sequence.append(tokens).clone();
        }
    }

    private static OrtDecoder decoder(Path model, int sequences, int context, int chunk) throws Exception {
        return OrtDecoder.load(runtime, model, new DecoderSettings(1, sequences, context, chunk));
    }
}
