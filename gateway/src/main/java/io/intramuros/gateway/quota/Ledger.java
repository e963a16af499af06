// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

/**
 * Holds callers to their limits. What was admitted never exceeds a limit by day, month or concurrency, whoever asks at
 * the same time; a rate is a token bucket. Every call may come from any thread.
 */
public interface Ledger extends AutoCloseable {
    /** Takes at every level or at none. An id that is held already is a mistake of the caller. */
    Reservation reserve(ReserveRequest request);

    /**
     * Says what a running exchange has used so far: what it is charged if its process dies. Says also that it lives.
     * An unknown id is ignored.
     */
    void progress(String id, Usage soFar);

    /**
     * Replaces what was reserved by what was used; frees the place in flight. The request itself stays counted, also
     * at {@link Usage#NONE}. What exceeds the reservation is charged in full. Settling again changes nothing, nor
     * does an unknown id.
     */
    void settle(String id, Usage actual);

    @Override
    void close();
}
