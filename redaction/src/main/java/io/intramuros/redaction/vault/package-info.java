// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Surrogates: minting them, keeping what they stand for, and restoring it, also on streams. */
@NullMarked
package io.intramuros.redaction.vault;

import org.jspecify.annotations.NullMarked;
