// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.config.DataFolder;
import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.steps.Journal;
import io.intramuros.gateway.tenant.ApiKey;
import io.intramuros.gateway.tenant.ChangeFeed;
import io.intramuros.gateway.tenant.Directory;
import io.intramuros.gateway.tenant.FirstKey;
import io.intramuros.gateway.tenant.KeyRing;
import io.intramuros.gateway.tenant.Keys;
import io.intramuros.gateway.tenant.Pepper;
import io.intramuros.gateway.tenant.Quotas;
import io.intramuros.gateway.tenant.TenantStore;
import io.intramuros.gateway.tenant.UsageBook;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Everything over the tenants' database.
 *
 * @param firstKey the key that this start made, in clear
 */
record Tenants(
        TenantStore store,
        Directory directory,
        Keys keys,
        KeyRing ring,
        Quotas quotas,
        UsageBook book,
        ChangeFeed feed,
        Optional<String> firstKey)
        implements AutoCloseable {
    static Tenants open(Settings settings, DataFolder data, Secrets secrets, Journal journal, InstantSource clock) {
        TenantStore store = store(settings, data);
        try {
            Pepper pepper = new Pepper(secrets.master().pepper());
            Directory directory = new Directory(store, clock);
            KeyRing ring = new KeyRing(store, pepper, clock);
            Keys keys = new Keys(store, directory, pepper, clock, ring);
            Quotas quotas = new Quotas(store);
            Optional<String> first = settings.isProduction()
                    ? Optional.empty()
                    : FirstKey.of(
                                    directory,
                                    keys,
                                    made -> journal.change("key.created", "system", Map.of("key", made.id())))
                            .map(ApiKey::reveal);
            return new Tenants(
                    store,
                    directory,
                    keys,
                    ring,
                    quotas,
                    new UsageBook(store),
                    ChangeFeed.start(store, ring, quotas, clock),
                    first);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static TenantStore store(Settings settings, DataFolder data) {
        try {
            return settings.has(Setting.DATABASE_URL)
                    ? TenantStore.open(
                            settings.text(Setting.DATABASE_URL),
                            settings.text(Setting.DATABASE_USER),
                            settings.text(Setting.DATABASE_PASSWORD))
                    : TenantStore.file(data.resolve("tenants"));
        } catch (IllegalStateException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new InvalidSettings("database.url: the database cannot be opened, "
                    + e.getClass().getSimpleName()
                    + " (expected: one that can be reached with this user and password)");
        }
    }

    @Override
    public void close() {
        feed.close();
        book.close();
        store.close();
    }

    @Override
    public String toString() {
        return "Tenants";
    }
}
