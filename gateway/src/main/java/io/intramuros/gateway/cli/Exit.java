// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

/** The exit codes of commands; those that are not ours alone are of BSD's sysexits.h. */
final class Exit {
    static final int OK = 0;
    /** Refused or found wanting. */
    static final int FAILED = 1;
    /** A wrong command line. */
    static final int USAGE = 64;
    /** No gateway answers. */
    static final int UNAVAILABLE = 69;
    /** No token, or a wrong one. */
    static final int NO_PERMISSION = 77;

    private Exit() {}
}
