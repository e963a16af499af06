// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OrtRuntimeTest {
    @Test
    void open_bundledLibrary_saysItsVersion() throws Exception {
        try (OrtRuntime runtime = OrtRuntime.open(OrtLibrary.bundled(Path.of("target", "onnxruntime")))) {
            assertThat(runtime.version()).startsWith("1.29.");
        }
    }

    @Test
    void load_bytesThatAreNoModel_throwsWithItsMessage() throws Exception {
        try (OrtRuntime runtime = OrtRuntime.open(OrtLibrary.bundled(Path.of("target", "onnxruntime")))) {
            assertThatThrownBy(() -> runtime.load(new byte[] {1, 2, 3}, SessionSettings.threads(1)))
                    .isInstanceOf(OrtException.class)
                    .hasMessageContaining("Failed to load model");
        }
    }
}
