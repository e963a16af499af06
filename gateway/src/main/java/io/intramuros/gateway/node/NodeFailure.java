// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A node did not do its part. The message names the node and what happened, never what was sent. */
public final class NodeFailure extends IOException {
    private static final long serialVersionUID = 1;

    /** What happened. */
    public enum Kind {
        /** No connection, or it broke. */
        BROKEN,
        /** It says that it has too much to do, or has as many calls of ours as it may. */
        BUSY,
        /** Its circuit breaker is open. */
        AWAY,
        /** It answered 5xx, or nonsense. */
        ERROR,
        /** It was silent for too long. */
        SILENT,
        /** Its answer is larger than allowed. */
        TOO_LARGE
    }

    private final Kind kind;

    NodeFailure(Kind kind, String node, String what, @Nullable Throwable cause) {
        super("node " + node + ": " + what, cause);
        this.kind = kind;
    }

    static NodeFailure status(String node, int status) {
        boolean busy = status == 503 || status == 429;
        return new NodeFailure(busy ? Kind.BUSY : Kind.ERROR, node, "answered HTTP " + status, null);
    }

    static NodeFailure silent(String node, Duration limit, @Nullable Throwable cause) {
        return new NodeFailure(Kind.SILENT, node, "sent nothing for " + limit.toSeconds() + " s", cause);
    }

    /** An answer that we cannot use. */
    public static NodeFailure nonsense(String node, String what) {
        return new NodeFailure(Kind.ERROR, node, what, null);
    }

    /** An answer beyond {@code bytes}. */
    public static NodeFailure tooLarge(String node, long bytes) {
        return new NodeFailure(Kind.TOO_LARGE, node, "answered more than " + bytes + " bytes", null);
    }

    /** What happened. */
    public Kind kind() {
        return kind;
    }
}
