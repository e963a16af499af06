// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrtRuntimeTest {
    private static OrtRuntime runtime;

    @BeforeAll
    static void open() throws Exception {
        runtime = OrtRuntime.open(OrtLibrary.bundled(Path.of("target", "onnxruntime")));
    }

    @AfterAll
    static void close() {
        runtime.close();
    }

    @Test
    void open_bundledLibrary_saysItsVersion() {
        assertThat(runtime.version()).startsWith("1.29.");
    }

    @Test
    void load_bytesThatAreNoModel_throwsWithItsMessage() {
        assertThatThrownBy(() -> runtime.load(new byte[] {1, 2, 3}, SessionSettings.threads(1)))
                .isInstanceOf(OrtException.class)
                .hasMessageContaining("Failed to load model");
    }

    @Test
    void load_fileThatIsNotThere_throwsWithItsCode() {
        assertThatThrownBy(() -> runtime.load(Path.of("no", "such.onnx"), SessionSettings.threads(1)))
                .isInstanceOfSatisfying(
                        OrtException.class, e -> assertThat(e.code()).isEqualTo(3));
    }

    @Test
    void tensor_memoryTooSmall_isRefused() {
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> runtime.tensor(ElementType.FLOAT, arena.allocate(15), 2, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("15 bytes");
        }
    }

    @Test
    void terminate_afterClose_doesNothing() {
        OrtRun run = runtime.run();
        run.terminate();
        run.close();
        run.terminate();
        run.close();
    }

    /** The header asserts the same places, so that the table of a released version never moves. */
    @Test
    void listOfFunctions_placesThatTheHeaderPins_areTheSame() throws Exception {
        List<String> names;
        try (var in = OrtRuntime.class.getResourceAsStream("ort-c-api-29.txt")) {
            names = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(names).hasSize(425).doesNotHaveDuplicates();
        assertThat(names.indexOf("ReleaseCustomOpDomain")).isEqualTo(101);
        assertThat(names.indexOf("RunWithBinding")).isEqualTo(133);
        for (OrtFunction function : OrtFunction.values()) {
            assertThat(names).contains(function.cName());
        }
    }
}
