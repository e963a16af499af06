// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The OpenAI API: as callers speak it, and as nodes do. */
@NullMarked
package io.intramuros.gateway.openai;

import org.jspecify.annotations.NullMarked;
