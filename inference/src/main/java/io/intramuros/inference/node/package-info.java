// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The node server: one process that serves models over the OpenAI protocol to the gateway, and to nobody else. */
@NullMarked
package io.intramuros.inference.node;

import org.jspecify.annotations.NullMarked;
