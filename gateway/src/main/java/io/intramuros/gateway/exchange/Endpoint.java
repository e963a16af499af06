// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** One path of a dialect that leads to a model: how its requests are read. */
public interface Endpoint {
    /** The dialect that it belongs to. */
    Dialect dialect();

    /** The path, without a host. */
    String path();

    /** The media type of its streams. */
    String streamType();

    /** Reads a request's body: says what is wrong with it, or what it asks and where its texts stand. */
    Reading read(byte[] body);

    /** A small sound body that says {@code text}, which holds nothing that JSON escapes; what the self-test sends. */
    byte[] canary(String text);
}
