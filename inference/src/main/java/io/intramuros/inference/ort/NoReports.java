// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;

/**
 * Keeps ONNX Runtime to itself. Its builds for Linux and macOS start a thread that reports sessions to their makers over
 * HTTPS, and look up that host again and again where it cannot be reached. The library reads a variable of the
 * environment when its first environment is made, so the variable has to stand before the library is loaded.
 */
final class NoReports {
    /** The library's switch; any value but 0 turns reports off. */
    static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    /** C's {@code setenv}. */
    @FunctionalInterface
    public interface SetEnv {
        /** Gives 0 when the variable is set. */
        int set(MemorySegment name, MemorySegment value, int overwrite);
    }

    private NoReports() {}

    /**
     * Sets the switch in the process's own environment, which Java's map of it does not show. Windows has no such
     * function, and the library's reports there go to the system's tracing, which {@link OrtRuntime} turns off.
     *
     * @throws IllegalStateException where it cannot be set: the library must not be loaded then
     */
    @SuppressWarnings("restricted") // what this package is for
    static void ensure() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("setenv").ifPresent(address -> {
            SetEnv setenv = MethodHandleProxies.asInterfaceInstance(
                    SetEnv.class,
                    linker.downcallHandle(
                            address,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT)));
            try (Arena arena = Arena.ofConfined()) {
                if (setenv.set(arena.allocateFrom(SWITCH), arena.allocateFrom("1"), 1) != 0) {
                    throw new IllegalStateException(
                            SWITCH + ": cannot be set (expected: before the library is loaded)");
                }
            }
        });
    }
}
