// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The stages of the way of a request, one class each. */
@NullMarked
package io.intramuros.gateway.steps;

import org.jspecify.annotations.NullMarked;
