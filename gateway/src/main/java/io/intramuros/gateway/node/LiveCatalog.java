// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.intramuros.policies.Model;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The catalog that counts now: what is declared, and under it what nodes were found to have. Another takes its place when
 * either changes. For several threads.
 */
public final class LiveCatalog implements Supplier<Catalog> {
    private final AtomicReference<State> current;

    /** What both are made of. */
    private record State(Catalog declared, List<Model> found, Catalog whole) {
        static State of(Catalog declared, List<Model> found) {
            return new State(declared, found, declared.with(found));
        }
    }

    public LiveCatalog(Catalog first) {
        this.current = new AtomicReference<>(State.of(first, List.of()));
    }

    @Override
    public Catalog get() {
        return current.get().whole();
    }

    /** Puts other declarations in the place of those there are. */
    public void set(Catalog declared) {
        current.updateAndGet(state -> State.of(declared, state.found()));
    }

    /** Puts other models in the place of those that were found before. */
    void found(List<Model> models) {
        current.updateAndGet(state -> State.of(state.declared(), models));
    }
}
