// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/**
 * The id that a Redis of ours carries; all gateways of one database agree on it.
 *
 * @param minted whether this process wrote it just now
 */
public record LedgerEpoch(String id, boolean minted) {
    private static final String ORGANIZATION = "default";

    /** The epoch of a database; a new one where there is none. */
    public static LedgerEpoch of(TenantStore store) {
        Optional<String> known = find(store);
        if (known.isPresent()) return new LedgerEpoch(known.get(), false);
        String fresh = UUID.randomUUID().toString();
        try {
            store.jdbc()
                    .sql("insert into ledger_epoch (organization_id, epoch) values (?, ?)")
                    .params(ORGANIZATION, fresh)
                    .update();
            return new LedgerEpoch(fresh, true);
        } catch (DuplicateKeyException _) {
            return new LedgerEpoch(find(store).orElseThrow(), false); // another gateway was first
        }
    }

    private static Optional<String> find(TenantStore store) {
        return store.jdbc()
                .sql("select epoch from ledger_epoch where organization_id = ?")
                .param(ORGANIZATION)
                .query(String.class)
                .optional();
    }
}
