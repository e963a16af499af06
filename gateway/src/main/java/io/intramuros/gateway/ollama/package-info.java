// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Ollama's own API: as callers speak it, and as nodes do. */
@NullMarked
package io.intramuros.gateway.ollama;

import org.jspecify.annotations.NullMarked;
