// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Limits and the ledgers that hold callers to them. */
@NullMarked
package io.intramuros.gateway.quota;

import org.jspecify.annotations.NullMarked;
