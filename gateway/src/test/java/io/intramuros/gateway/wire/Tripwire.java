// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A detector that fails, waits or never ends where a text says so, and remembers what it was asked. */
final class Tripwire implements Detector {
    static final String THROW = "TRIPWIRE-THROW";
    static final String SLOW = "TRIPWIRE-SLOW";
    static final String WAIT = "TRIPWIRE-WAIT";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public String name() {
        return "tripwire";
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        asked.add(text);
        if (text.contains(THROW)) throw new IllegalStateException("quotes " + text);
        if (text.contains(SLOW)) await(new CountDownLatch(1));
        if (text.contains(WAIT)) {
            waiting.countDown();
            await(released);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** How often it was asked about this text. */
    long asked(String text) {
        return asked.stream().filter(text::equals).count();
    }

    /** Waits until somebody waits for it. */
    void awaitWaiting() throws InterruptedException {
        waiting.await();
    }

    /** Lets whoever waits go on. */
    void release() {
        released.countDown();
    }
}
