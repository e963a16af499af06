// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Text as it reads to a person, where its characters hide that from a machine. */
@NullMarked
package io.intramuros.redaction.disguise;

import org.jspecify.annotations.NullMarked;
