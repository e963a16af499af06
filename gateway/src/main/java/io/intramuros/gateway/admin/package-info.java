// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The admin plane: the REST API under {@code /admin/v1} on a port of its own. */
@NullMarked
package io.intramuros.gateway.admin;

import org.jspecify.annotations.NullMarked;
