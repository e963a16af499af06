// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Nodes, models and the calls to them. */
@NullMarked
package io.intramuros.gateway.node;

import org.jspecify.annotations.NullMarked;
