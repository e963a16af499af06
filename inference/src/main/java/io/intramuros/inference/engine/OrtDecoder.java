// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import io.intramuros.inference.graph.DecoderSpec;
import io.intramuros.inference.graph.GraphBuilder;
import io.intramuros.inference.ort.OrtLibrary;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.ort.OrtSession;
import io.intramuros.inference.ort.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A decoder on ONNX Runtime, on the CPU. Sequences of different threads run together, on one thread of the decoder's
 * own, and share the threads of the session.
 */
public final class OrtDecoder implements Decoder {
    private final OrtRuntime runtime;
    private final boolean ownsRuntime;
    private final OrtSession steps;
    private final OrtSession prompts;
    private final DecoderSpec spec;
    private final DecoderSettings settings;
    private final Batch batch;
    private final Object lock = new Object();
    private int open;
    private boolean closing;

    private OrtDecoder(OrtRuntime runtime, boolean ownsRuntime, Path folder, DecoderSettings settings)
            throws IOException {
        this.runtime = runtime;
        this.ownsRuntime = ownsRuntime;
        this.settings = settings;
        this.spec = SpecFile.read(folder);
        SessionSettings threads = SessionSettings.threads(settings.threads());
        this.steps = runtime.load(folder.resolve(GraphBuilder.MODEL), threads);
        Path prompt = folder.resolve(GraphBuilder.PROMPT_MODEL);
        this.prompts = Files.exists(prompt) ? runtime.load(prompt, threads) : steps;
        this.batch = new Batch(
                new BatchRuns(new BatchRuns.Models(
                        runtime, steps, prompts, spec, context(), settings.chunk(), settings.sequences())),
                new Batch.Limits(
                        settings.sequences(), context(), settings.chunk(), settings.memory(), spec.memoryPerToken()));
    }

    /**
     * Loads a converted model with the ONNX Runtime that we carry.
     *
     * @param convertedFolder from {@link ModelConversion}
     * @throws IOException when the folder is not whole
     */
    public static OrtDecoder load(Path convertedFolder, DecoderSettings settings) throws IOException {
        OrtRuntime runtime = OrtRuntime.open(OrtLibrary.bundled());
        boolean loaded = false;
        try {
            OrtDecoder decoder = new OrtDecoder(runtime, true, convertedFolder, settings);
            loaded = true;
            return decoder;
        } finally {
            if (!loaded) {
                runtime.close();
            }
        }
    }

    /** Loads a converted model with a runtime that stays the caller's, and that the caller closes after the decoder. */
    public static OrtDecoder load(OrtRuntime runtime, Path convertedFolder, DecoderSettings settings)
            throws IOException {
        return new OrtDecoder(runtime, false, convertedFolder, settings);
    }

    @Override
    public int vocabulary() {
        return spec.vocabulary();
    }

    @Override
    public int context() {
        long fits = settings.memory() / spec.memoryPerToken();
        return (int) Math.max(1, Math.min(fits, Math.min(settings.context(), spec.context())));
    }

    @Override
    public Sequence open(Plan plan) {
        synchronized (lock) {
            if (closing || open == settings.sequences()) {
                throw new IllegalStateException(
                        closing ? "the decoder is closed" : "sequences: all " + open + " are open");
            }
            open++;
        }
        OrtSequence sequence = new OrtSequence(this::ended, batch, plan, spec.vocabulary(), context());
        batch.joined(sequence);
        return sequence;
    }

    @Override
    public boolean fits(int sequences, int longest) {
        long bytes = spec.memoryPerToken() * KvMemory.bucket(Math.min(longest, context()), context());
        return sequences <= settings.sequences() && (sequences == 1 || bytes * sequences <= settings.memory());
    }

    /** Tokens of prompts that were not run because an earlier sequence of the same tenant had run them. */
    public long reusedTokens() {
        return batch.reused();
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (!closing) {
                closing = true;
                freeWhenUnused();
            }
        }
    }

    private void ended() {
        synchronized (lock) {
            open--;
            freeWhenUnused();
        }
    }

    private void freeWhenUnused() {
        if (closing && open == 0) {
            batch.close();
            steps.close();
            prompts.close();
            if (ownsRuntime) {
                runtime.close();
            }
        }
    }
}
