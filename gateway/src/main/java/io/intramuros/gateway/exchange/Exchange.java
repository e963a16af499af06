// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.gateway.tenant.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, from first byte to last. What it is stands in final fields; what the steps find out is put
 * in once by the step that does, and asking for it earlier is a bug and says so. Steps run one after the other; the end
 * may come from any thread.
 */
public final class Exchange {
    private final String id;
    private final Instant received;
    private final long begun = System.nanoTime();
    private final Endpoint endpoint;
    private final Caller caller;
    private final byte[] bytes;
    private final Deque<Consumer<Ending>> atEnd = new ArrayDeque<>();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final Found found = new Found();

    /**
     * Begins one.
     *
     * @param id the request id, which the caller sees as {@code x-request-id}
     * @param bytes the body as it came
     */
    public Exchange(String id, Instant received, Endpoint endpoint, Caller caller, byte[] bytes) {
        this.id = id;
        this.received = received;
        this.endpoint = endpoint;
        this.caller = caller;
        this.bytes = bytes;
    }

    /** The request id. */
    public String id() {
        return id;
    }

    /** When its head arrived. */
    public Instant received() {
        return received;
    }

    /** How long ago that was. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Where it came in. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** The body as it came. */
    public byte[] bytes() {
        return bytes;
    }

    /** The most tokens of each answer, once {@code Decide} said so. */
    public long outputCap() {
        return found.estimate.get().out() / found.request.get().choices();
    }

    /** What the steps have found out. */
    public Found found() {
        return found;
    }

    /** Registers what is to be given back when the exchange ends; the last one registered runs first. */
    public void atEnd(Consumer<Ending> release) {
        Ending ended;
        synchronized (atEnd) {
            ended = ending.get();
            if (ended == null) {
                atEnd.push(release);
                return;
            }
        }
        release.accept(ended);
    }

    /**
     * Ends it. Only the first call does.
     *
     * @return whether this call was the first
     */
    public boolean end(Ending how) {
        synchronized (atEnd) {
            if (!ending.compareAndSet(null, how)) return false;
        }
        while (true) {
            Consumer<Ending> release;
            synchronized (atEnd) {
                if (atEnd.isEmpty()) return true;
                release = atEnd.pop();
            }
            release.accept(how);
        }
    }

    /** How it ended; empty while it runs. */
    public Optional<Ending> ending() {
        return Optional.ofNullable(ending.get());
    }

    @Override
    public String toString() {
        return "Exchange[" + id + ", " + endpoint.path() + ", team " + caller.team() + ", " + bytes.length + " bytes]";
    }
}
