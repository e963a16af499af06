// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
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

    /** Without it the library looks its makers' host up, again and again, and reports each session. */
    @Test
    @SuppressWarnings("restricted") // asks C for its environment
    void open_bundledLibrary_hasItsReportsToItsMakersSwitchedOff() throws Throwable {
        Linker linker = Linker.nativeLinker();
        Assumptions.assumeTrue(linker.defaultLookup().find("setenv").isPresent(), "skipped: no setenv on this system");
        var getenv = linker.downcallHandle(
                linker.defaultLookup().find("getenv").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            long value = (long) getenv.invokeExact(arena.allocateFrom("ORT_DISABLE_TELEMETRY"));

            assertThat(OrtApi.text(value)).isEqualTo("1");
        }
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
