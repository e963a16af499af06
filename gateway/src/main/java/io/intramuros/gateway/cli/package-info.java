// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The command line: a client of the admin API, and what starts the gateway. */
@NullMarked
package io.intramuros.gateway.cli;

import org.jspecify.annotations.NullMarked;
