// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Each tenant's records as a chain of their own: a record says its number among them and the hash of the one before. So an
 * export of one tenant's records shows that none of them is left out, without anybody else's.
 */
final class Chains {
    private final Map<String, Link> ends = new HashMap<>();

    /**
     * Where a chain stands.
     *
     * @param count records of the tenant
     * @param last the hash of the last one's leaf, in hexadecimal digits
     */
    record Link(long count, String last) {
        static final Link NONE = new Link(0, "0".repeat(2 * Hashes.BYTES));
    }

    /** The end of a tenant's chain. */
    Link end(String team) {
        return ends.getOrDefault(team, Link.NONE);
    }

    /** Adds the next record's leaf hash. */
    void add(String team, byte[] hash) {
        if (team.isEmpty()) return;
        put(team, new Link(end(team).count() + 1, HexFormat.of().formatHex(hash)));
    }

    void put(String team, Link link) {
        ends.put(team, link);
    }

    /** Takes over what another knows later than this. */
    void putAll(Chains later) {
        ends.putAll(later.ends);
    }

    /** All ends, by tenant. */
    Map<String, Link> all() {
        return new TreeMap<>(ends);
    }
}
