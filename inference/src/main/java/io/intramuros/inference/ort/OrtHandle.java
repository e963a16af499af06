// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.util.concurrent.atomic.AtomicBoolean;

/** An object of the C API and how it is released: once, whoever asks. */
final class OrtHandle {
    private final OrtApi api;
    private final OrtFunction release;
    private final long address;
    private final AtomicBoolean closed = new AtomicBoolean();

    OrtHandle(OrtApi api, OrtFunction release, long address) {
        this.api = api;
        this.release = release;
        this.address = address;
    }

    /** The pointer to hand to the C API. */
    long address() {
        if (closed.get()) {
            throw new IllegalStateException("used after it was closed");
        }
        return address;
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            api.call(release, address);
        }
    }
}
