// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The gateway application: the only part that knows all others. */
@NullMarked
package io.intramuros.gateway;

import org.jspecify.annotations.NullMarked;
