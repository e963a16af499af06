// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
/** Made-up values of the form of real ones. */
@NullMarked
package io.intramuros.redaction.synthesis;

import org.jspecify.annotations.NullMarked;
