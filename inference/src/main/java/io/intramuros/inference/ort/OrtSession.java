// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.util.ArrayList;
import java.util.List;

/** A loaded model. Safe for any thread; close it when no run is under way. */
public final class OrtSession implements AutoCloseable {
    private final OrtApi api;
    private final OrtHandle handle;
    private final List<String> inputs;
    private final List<String> outputs;

    OrtSession(OrtApi api, long address) {
        this.api = api;
        this.handle = new OrtHandle(api, OrtFunction.RELEASE_SESSION, address);
        this.inputs = names(OrtFunction.SESSION_GET_INPUT_COUNT, OrtFunction.SESSION_GET_INPUT_NAME);
        this.outputs = names(OrtFunction.SESSION_GET_OUTPUT_COUNT, OrtFunction.SESSION_GET_OUTPUT_NAME);
    }

    /** The names of what the model reads, in its order. */
    public List<String> inputs() {
        return inputs;
    }

    /** The names of what the model writes, in its order. */
    public List<String> outputs() {
        return outputs;
    }

    /** A binding to which nothing is bound yet. */
    public OrtBinding bind() {
        return new OrtBinding(api, handle.address());
    }

    /**
     * Runs the model once, without garbage.
     *
     * @throws OrtException when the run fails, or {@code run} was terminated
     */
    public void run(OrtRun run, OrtBinding binding) {
        api.run(handle.address(), run.address(), binding.address());
    }

    @Override
    public void close() {
        handle.close();
    }

    private List<String> names(OrtFunction count, OrtFunction name) {
        long allocator = api.create(OrtFunction.GET_ALLOCATOR_WITH_DEFAULT_OPTIONS);
        long number = api.create(count, handle.address());
        List<String> names = new ArrayList<>();
        for (long i = 0; i < number; i++) {
            long text = api.create(name, handle.address(), i, allocator);
            names.add(OrtApi.text(text));
            api.check(OrtFunction.ALLOCATOR_FREE, allocator, text);
        }
        return List.copyOf(names);
    }
}
