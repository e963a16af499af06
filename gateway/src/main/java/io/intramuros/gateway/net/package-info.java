// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The addresses that the process may know, and nothing else. */
@NullMarked
package io.intramuros.gateway.net;

import org.jspecify.annotations.NullMarked;
