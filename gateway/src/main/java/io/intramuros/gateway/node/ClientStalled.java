// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import java.io.IOException;
import java.time.Duration;

/** The caller took nothing for too long; no node is to blame. */
public final class ClientStalled extends IOException {
    private static final long serialVersionUID = 1;

    ClientStalled(Duration limit) {
        super("the caller read nothing for " + limit.toSeconds() + " s");
    }
}
