// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The catalog that counts now; another takes its place when the configuration changes. */
public final class LiveCatalog implements Supplier<Catalog> {
    private final AtomicReference<Catalog> current;

    public LiveCatalog(Catalog first) {
        this.current = new AtomicReference<>(first);
    }

    @Override
    public Catalog get() {
        return current.get();
    }

    /** Puts another in its place. */
    public void set(Catalog next) {
        current.set(next);
    }
}
