// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Everything that has a form: identifiers with their checksums, addresses of the net, secrets, dates. */
@NullMarked
package io.intramuros.redaction.patterns;

import org.jspecify.annotations.NullMarked;
