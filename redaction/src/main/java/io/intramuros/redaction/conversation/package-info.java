// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** A whole request as one text to take data out of, and the answer's stream to watch. */
@NullMarked
package io.intramuros.redaction.conversation;

import org.jspecify.annotations.NullMarked;
