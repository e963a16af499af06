// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** One stage of the way of a request. Plain blocking code, on a virtual thread; safe for several exchanges at once. */
public interface Step {
    /**
     * Does its part for {@code exchange}. What it takes and must give back it registers with
     * {@link Exchange#atEnd} at the moment of taking.
     */
    Outcome take(Exchange exchange);
}
