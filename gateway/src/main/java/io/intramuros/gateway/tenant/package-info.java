// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Who calls: the tree of teams, projects and keys, its store, and revocation. */
@NullMarked
package io.intramuros.gateway.tenant;

import org.jspecify.annotations.NullMarked;
