// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.time.InstantSource;
import java.util.List;

/** What one gateway has over a store. */
record Gatehouse(TenantStore store, Directory directory, KeyRing ring, Keys keys, Quotas quotas)
        implements AutoCloseable {
    static final Pepper PEPPER = new Pepper(new byte[32]);

    static Gatehouse of(TenantStore store, InstantSource clock) {
        Directory directory = new Directory(store, clock);
        KeyRing ring = new KeyRing(store, PEPPER, clock);
        return new Gatehouse(
                store, directory, ring, new Keys(store, directory, PEPPER, clock, ring), new Quotas(store));
    }

    /** A new key of a team, which is made where it is missing. */
    ApiKey key(String team) {
        if (!directory.hasTeam(team)) directory.addTeam(team, team);
        return keys.create(new NewKey(team, "default", "test", List.of("*"), null));
    }

    @Override
    public void close() {
        store.close();
    }
}
