// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Measures detectors against texts whose personal data is known: recall, precision, coverage, over-masking. */
@NullMarked
package io.intramuros.redaction.quality;

import org.jspecify.annotations.NullMarked;
