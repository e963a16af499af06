// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.lang.foreign.Arena;

/** Which tensors a session reads and writes. For one thread at a time; close before the memory of the tensors is freed. */
public final class OrtBinding implements AutoCloseable {
    private final OrtApi api;
    private final OrtHandle handle;

    OrtBinding(OrtApi api, long session) {
        this.api = api;
        this.handle =
                new OrtHandle(api, OrtFunction.RELEASE_IO_BINDING, api.create(OrtFunction.CREATE_IO_BINDING, session));
    }

    /** From now on the input is read from the tensor. */
    public void input(String name, OrtTensor tensor) {
        bind(OrtFunction.BIND_INPUT, name, tensor);
    }

    /** From now on the output is written to the tensor, whose shape must be the one that the run gives. */
    public void output(String name, OrtTensor tensor) {
        bind(OrtFunction.BIND_OUTPUT, name, tensor);
    }

    private void bind(OrtFunction function, String name, OrtTensor tensor) {
        try (Arena arena = Arena.ofConfined()) {
            api.check(function, handle.address(), arena.allocateFrom(name).address(), tensor.address());
        }
    }

    long address() {
        return handle.address();
    }

    @Override
    public void close() {
        handle.close();
    }
}
