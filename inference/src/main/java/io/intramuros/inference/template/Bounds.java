// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Python's {@code start:stop:step}; a negative place counts from the end. */
record Bounds(OptionalInt start, OptionalInt stop, int step) {
    Bounds {
        if (step == 0) {
            throw TemplateException.operation("slice: a step of zero");
        }
    }

    /** The places that it picks out of so many. */
    int[] indices(int length) {
        int low = step > 0 ? 0 : -1;
        int high = step > 0 ? length : length - 1;
        int from = clamped(start, length, step > 0 ? low : high, low, high);
        int to = clamped(stop, length, step > 0 ? high : low, low, high);
        long span = step > 0 ? (long) to - from : (long) from - to;
        if (span <= 0) {
            return new int[0];
        }
        long stride = Math.abs((long) step);
        int count = (int) ((span + stride - 1) / stride);
        return IntStream.range(0, count)
                .map(i -> (int) (from + (long) i * step))
                .toArray();
    }

    private static int clamped(OptionalInt place, int length, int absent, int low, int high) {
        if (place.isEmpty()) {
            return absent;
        }
        long at = place.getAsInt() < 0 ? (long) place.getAsInt() + length : place.getAsInt();
        return Math.clamp(at, low, high);
    }
}
