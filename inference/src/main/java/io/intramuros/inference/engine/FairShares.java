// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * How many tokens each tenant was served, so that the one that had least is next. A tenant that comes back after a
 * pause starts level with the others: what it did not use it cannot save up. For one thread at a time.
 */
public final class FairShares {
    private static final int MANY = 1024;

    private final Map<String, Share> shares = new HashMap<>();
    private long floor;

    private static final class Share {
        private int waiting;
        private long served;
    }

    /** A tenant has one more thing to do. */
    public void join(String tenant) {
        Share share = shares.computeIfAbsent(tenant, _ -> new Share());
        if (share.waiting++ == 0) {
            share.served = Math.max(share.served, floor);
        }
    }

    /** Tokens served to a tenant that has joined, with more of them the later in line; or the floor for a stranger. */
    public long served(String tenant) {
        Share share = shares.get(tenant);
        return share == null ? floor : share.served;
    }

    /** A tenant, whose turn it was, was served so many tokens. */
    public void charge(String tenant, long tokens) {
        Share share = shares.get(tenant);
        if (share != null) {
            floor = Math.max(floor, share.served);
            share.served += tokens;
        }
    }

    /** A tenant has one thing less to do. */
    public void leave(String tenant) {
        Share share = shares.get(tenant);
        if (share != null) {
            share.waiting--;
        }
        if (shares.size() > MANY) {
            shares.values().removeIf(idle -> idle.waiting == 0 && idle.served <= floor);
        }
    }

    /** How many tenants are remembered. */
    int size() {
        return shares.size();
    }
}
