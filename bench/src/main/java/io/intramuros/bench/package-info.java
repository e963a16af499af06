// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The load harness: a stub of a node, an open-loop load, and the CPU time of the process between them. */
@NullMarked
package io.intramuros.bench;

import org.jspecify.annotations.NullMarked;
