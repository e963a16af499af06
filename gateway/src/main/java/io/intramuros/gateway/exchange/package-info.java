// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** One request and its answer, and what a step may say about it. */
@NullMarked
package io.intramuros.gateway.exchange;

import org.jspecify.annotations.NullMarked;
