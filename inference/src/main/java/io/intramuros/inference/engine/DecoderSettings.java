// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How a decoder serves.
 *
 * @param threads for the work inside one run; 1 to 1024
 * @param sequences most that are open at once; 1 to 4096
 * @param context most tokens of a sequence; what the model was converted for where that is less; at least 1
 * @param chunk most tokens of a prompt that run at once: larger is faster, and takes more scratch memory; 1 to 8192
 * @param memory most bytes for the keys and values of all sequences; at least 1
 */
public record DecoderSettings(int threads, int sequences, int context, int chunk, long memory) {
    /** Checks the ranges. */
    public DecoderSettings {
        range("threads", threads, 1024);
        range("sequences", sequences, 4096);
        range("context", context, Integer.MAX_VALUE);
        range("chunk", chunk, 8192);
        if (memory < 1) {
            throw new IllegalArgumentException("memory: " + memory + " (expected: at least 1)");
        }
    }

    /** As much memory as it takes. */
    public DecoderSettings(int threads, int sequences, int context, int chunk) {
        this(threads, sequences, context, chunk, Long.MAX_VALUE);
    }

    /** All processors, 8 sequences, the model's own context, a quarter of the machine's memory. */
    public static DecoderSettings defaults() {
        return new DecoderSettings(
                Math.min(1024, Runtime.getRuntime().availableProcessors()),
                8,
                Integer.MAX_VALUE,
                256,
                machineMemory() / 4);
    }

    /** What the machine has, or the container may use. */
    private static long machineMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    private static void range(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + most + ")");
        }
    }
}
