// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The wire protocols that callers speak: reading, writing, errors. */
@NullMarked
package io.intramuros.gateway.dialect;

import org.jspecify.annotations.NullMarked;
