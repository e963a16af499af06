// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Anthropic's Messages API, as callers speak it. */
@NullMarked
package io.intramuros.gateway.anthropic;

import org.jspecify.annotations.NullMarked;
