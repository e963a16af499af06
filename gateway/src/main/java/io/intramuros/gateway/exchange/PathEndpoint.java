// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** An endpoint's place: whose it is, at which path, and in which form it streams. */
public abstract class PathEndpoint implements Endpoint {
    private final Dialect dialect;
    private final String path;
    private final String streamType;

    protected PathEndpoint(Dialect dialect, String path, String streamType) {
        this.dialect = dialect;
        this.path = path;
        this.streamType = streamType;
    }

    @Override
    public final Dialect dialect() {
        return dialect;
    }

    @Override
    public final String path() {
        return path;
    }

    @Override
    public final String streamType() {
        return streamType;
    }
}
