// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import java.util.List;

/** The process cannot start with what it was given; the message has a line for each fault. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidSettings(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
    }

    public InvalidSettings(String fault) {
        this(List.of(fault));
    }
}
