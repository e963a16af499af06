// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A wire protocol that callers speak. One package each; what they share is in {@code dialect}. */
public interface Dialect {
    /** Its name, as metrics and documents say it. */
    String name();

    /** The paths that lead to a model. */
    List<Endpoint> endpoints();

    /** What says in a stream that it is alive, and nothing else; empty where the protocol has no such thing. */
    default byte[] aliveSign() {
        return new byte[0];
    }

    /** An error's body. */
    byte[] error(Refusal refusal, String requestId);

    /**
     * An answer's headers about quotas, under the names that this protocol's clients look for.
     *
     * @param headers OpenAI's names, as {@code x-ratelimit-remaining-tokens}, and others, which stay
     */
    Map<String, String> headers(Map<String, String> headers, String requestId, Instant now);
}
