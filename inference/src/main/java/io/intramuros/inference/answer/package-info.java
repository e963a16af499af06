// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** What a model wrote, taken apart into reasoning, calls of tools, and what it says. */
@NullMarked
package io.intramuros.inference.answer;

import org.jspecify.annotations.NullMarked;
