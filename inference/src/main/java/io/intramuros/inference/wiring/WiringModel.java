// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.wiring;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The model {@value #NAME}: a Llama of less than a million parameters, trained by {@code inference/wiring/train.py}.
 * It can greet, repeat and count, says that it is for wiring only, and takes the same way through the node as a model
 * a thousand times its size.
 */
public final class WiringModel {
    /** The id that it is served by. */
    public static final String NAME = "wiring";

    private static final String RESOURCE = "wiring.gguf";

    private WiringModel() {}

    /** The GGUF file's bytes, about a megabyte. */
    public static byte[] gguf() throws IOException {
        try (InputStream in = WiringModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE + ": not in this build");
            }
            return in.readAllBytes();
        }
    }
}
