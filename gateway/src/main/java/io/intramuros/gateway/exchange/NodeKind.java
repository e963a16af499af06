// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** A kind of node: what is sent to it for an exchange, and how its answers are read. */
public interface NodeKind {
    /** Its name, as documents say it. */
    String name();

    /**
     * What a node of this kind gets for an exchange that was read, decided on and redacted.
     *
     * @throws InexpressibleException if the request asks for what such a node has no words for
     */
    Forward forward(Exchange exchange) throws InexpressibleException;
}
