// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** What came of reading a body. */
public sealed interface Reading {
    /** A sound request. */
    record Sound(ModelRequest request) implements Reading {}

    /** One that is refused. */
    record Faulty(Refusal refusal) implements Reading {}
}
