// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import java.time.Duration;
import java.util.Locale;

/** Reads the times that OpenAI's quota headers give, as {@code 6m0s}. */
final class Resets {
    private Resets() {}

    /** Hours, minutes and seconds, each of which may be missing. */
    static Duration read(String written) {
        return Duration.parse("PT" + written.toUpperCase(Locale.ROOT));
    }
}
