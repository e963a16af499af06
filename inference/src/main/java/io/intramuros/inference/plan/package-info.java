// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** How much memory a model takes for how many users, told before anything is loaded. */
@NullMarked
package io.intramuros.inference.plan;

import org.jspecify.annotations.NullMarked;
