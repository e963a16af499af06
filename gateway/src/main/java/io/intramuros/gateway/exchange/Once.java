// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A thing that one step finds out and later ones read.
 *
 * @param <T> the thing
 */
public final class Once<T> {
    private final String name;
    private volatile @Nullable T value;

    Once(String name) {
        this.name = name;
    }

    /** Puts it in; it may be refined by putting in another. */
    public void set(T found) {
        value = found;
    }

    /** What was put in. */
    public T get() {
        T found = value;
        if (found == null) throw new IllegalStateException(name + ": nothing (expected: an earlier step finds it out)");
        return found;
    }

    /** What was put in, if anything was. */
    public Optional<T> find() {
        return Optional.ofNullable(value);
    }
}
