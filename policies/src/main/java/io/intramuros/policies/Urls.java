// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import java.net.URI;

/** The form of addresses in resources. Messages do not repeat an address, which may hold a password. */
final class Urls {
    private Urls() {}

    /** An address without credentials that HTTP can reach. */
    static void requireHttp(String key, URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0)
            throw new IllegalArgumentException(key + ": not an address (expected: http or https ://host:port)");
        if (url.getUserInfo() != null || url.getFragment() != null)
            throw new IllegalArgumentException(key + ": has credentials or a fragment (expected: neither)");
    }

    /** An address of a host, without a path. */
    static void requireOrigin(String key, URI url) {
        requireHttp(key, url);
        if (!url.getPath().isEmpty() || url.getQuery() != null)
            throw new IllegalArgumentException(key + ": has a path or a query (expected: scheme://host:port)");
    }
}
