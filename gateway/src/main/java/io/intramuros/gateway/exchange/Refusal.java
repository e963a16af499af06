// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exchange ends here, with an error in the caller's dialect.
 *
 * @param code the reason
 * @param message what happened and what to do; never a prompt, a key or a found value
 * @param param the field of the request at fault, as {@code messages[0].role}; null where none is
 * @param headers further headers of the answer, as {@code retry-after}
 */
public record Refusal(
        ErrorCode code, String message, @Nullable String param, Map<String, String> headers) implements Outcome {
    public Refusal {
        headers = Map.copyOf(headers);
    }

    public Refusal(ErrorCode code, String message) {
        this(code, message, null, Map.of());
    }

    /** A refusal for one field of the request. */
    public static Refusal invalid(String param, String message) {
        return new Refusal(ErrorCode.INVALID_REQUEST, message, param, Map.of());
    }

    /** The same with the headers added. */
    public Refusal with(Map<String, String> more) {
        return new Refusal(code, message, param, more);
    }
}
