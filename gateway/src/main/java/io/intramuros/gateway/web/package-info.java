// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The web edge: the door, authentication, the way, and the call of the node. */
@NullMarked
package io.intramuros.gateway.web;

import org.jspecify.annotations.NullMarked;
