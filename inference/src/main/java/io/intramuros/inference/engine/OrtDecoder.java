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
import java.nio.file.Path;

/**
 * A decoder on ONNX Runtime, on the CPU. Sequences of different threads run at the same time and share the threads of
 * the session; call them from platform threads, since a native call holds its carrier.
 */
public final class OrtDecoder implements Decoder {
    private final OrtRuntime runtime;
    private final boolean ownsRuntime;
    private final OrtSession session;
    private final DecoderSpec spec;
    private final DecoderSettings settings;
    private final Object lock = new Object();
    private int open;
    private boolean closing;

    private OrtDecoder(OrtRuntime runtime, boolean ownsRuntime, Path folder, DecoderSettings settings)
            throws IOException {
        this.runtime = runtime;
        this.ownsRuntime = ownsRuntime;
        this.settings = settings;
        this.spec = SpecFile.read(folder);
        this.session = runtime.load(folder.resolve(GraphBuilder.MODEL), SessionSettings.threads(settings.threads()));
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
        return Math.min(settings.context(), spec.context());
    }

    @Override
    public Sequence open() {
        synchronized (lock) {
            if (closing || open == settings.sequences()) {
                throw new IllegalStateException(
                        closing ? "the decoder is closed" : "sequences: all " + open + " are open");
            }
            open++;
        }
        boolean opened = false;
        try {
            Sequence sequence = new OrtSequence(
                    new OrtSequence.Model(runtime, session, spec, context(), settings.chunk()), this::ended);
            opened = true;
            return sequence;
        } finally {
            if (!opened) {
                ended();
            }
        }
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
            session.close();
            if (ownsRuntime) {
                runtime.close();
            }
        }
    }
}
