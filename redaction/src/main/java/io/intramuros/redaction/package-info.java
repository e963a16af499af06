// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Finding personal data in text, taking it out, and putting it back, also on streams. */
@NullMarked
package io.intramuros.redaction;

import org.jspecify.annotations.NullMarked;
