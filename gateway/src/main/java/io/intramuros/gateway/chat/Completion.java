// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.Optional;

/**
 * A text to go on with, as it is.
 *
 * @param suffix what stands behind the gap that the model fills; empty where there is no gap
 * @param stream whether the answer comes by events
 */
public record Completion(String prompt, Optional<String> suffix, Options options, boolean stream) implements Ask {
    @Override
    public String toString() {
        return "Completion[" + prompt.length() + " chars]";
    }
}
