// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** What a caller asks of a model. */
public enum Operation {
    CHAT("chat"),
    COMPLETION("completion"),
    INSERT("insert"),
    EMBEDDINGS("embedding"),
    RERANK("rerank"),
    /** What was found in texts; no model is asked. */
    MODERATION("moderation");

    private final String capability;

    Operation(String capability) {
        this.capability = capability;
    }

    /** The capability that a model must have. */
    public String capability() {
        return capability;
    }

    /** Whether the model writes something, so that its answer must be capped. */
    public boolean writes() {
        return this != EMBEDDINGS && this != RERANK && this != MODERATION;
    }
}
