// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

/** ONNX Runtime refused or failed; the message is its own. */
public final class OrtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * What ONNX Runtime said.
     *
     * @param code {@code OrtErrorCode} of its C API: 1 fail, 2 invalid argument, 3 no such file, …
     */
    public OrtException(int code, String message) {
        super("ONNX Runtime error " + code + ": " + message);
        this.code = code;
    }

    /** {@code OrtErrorCode} of the C API. */
    public int code() {
        return code;
    }
}
