// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the gateway takes requests: not before its self-test, and not once it drains. */
public final class Readiness {
    private final AtomicBoolean ready = new AtomicBoolean();

    /** From now on it does. */
    public void up() {
        ready.set(true);
    }

    /** From now on it does not. */
    public void down() {
        ready.set(false);
    }

    /** Whether it does. */
    public boolean isReady() {
        return ready.get();
    }
}
