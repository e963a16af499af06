// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** What a caller asks of a model. */
public enum Operation {
    CHAT("chat", "chat/completions"),
    EMBEDDINGS("embedding", "embeddings");

    private final String capability;
    private final String path;

    Operation(String capability, String path) {
        this.capability = capability;
        this.path = path;
    }

    /** The capability that a model must have. */
    public String capability() {
        return capability;
    }

    /** The path below {@code /v1/} of the OpenAI API. */
    public String path() {
        return path;
    }
}
