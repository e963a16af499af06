// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import java.util.LinkedHashSet;
import java.util.Set;

/** The hosts of a URL that may name several, as those of PostgreSQL and of Redis Sentinel do; {@link java.net.URI} takes one. */
final class DeclaredHosts {
    private DeclaredHosts() {}

    /** The hosts of {@code scheme://user@a:1,b:2,[::1]:3/path}, without brackets; none where there is no {@code //}. */
    static Set<String> of(String url) {
        Set<String> hosts = new LinkedHashSet<>();
        int start = url.indexOf("//");
        if (start < 0) return hosts;
        String authority = url.substring(start + 2).split("[/?#]", 2)[0];
        for (String one : authority.substring(authority.lastIndexOf('@') + 1).split(",", -1)) {
            String host = host(one.strip());
            if (!host.isEmpty()) hosts.add(host);
        }
        return hosts;
    }

    private static String host(String address) {
        if (address.startsWith("[")) return address.substring(1, Math.max(1, address.indexOf(']')));
        int port = address.indexOf(':');
        return port < 0 ? address : address.substring(0, port);
    }
}
