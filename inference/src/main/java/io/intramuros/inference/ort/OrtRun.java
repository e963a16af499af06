// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

/** The switch that ends a run from another thread. Safe for any thread, closing included. */
public final class OrtRun implements AutoCloseable {
    private final OrtApi api;
    private final OrtHandle handle;
    private final Object lock = new Object();
    private boolean closed;

    OrtRun(OrtApi api) {
        this.api = api;
        this.handle = new OrtHandle(api, OrtFunction.RELEASE_RUN_OPTIONS, api.create(OrtFunction.CREATE_RUN_OPTIONS));
    }

    /** Ends a run under way, and every later one, with an {@link OrtException}; nothing when closed. */
    public void terminate() {
        synchronized (lock) {
            if (!closed) {
                api.check(OrtFunction.RUN_OPTIONS_SET_TERMINATE, handle.address());
            }
        }
    }

    /** Lets later runs run again. */
    public void reset() {
        synchronized (lock) {
            api.check(OrtFunction.RUN_OPTIONS_UNSET_TERMINATE, handle.address());
        }
    }

    long address() {
        return handle.address();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            handle.close();
        }
    }
}
