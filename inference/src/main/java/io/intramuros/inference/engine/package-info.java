// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
/** Decoder models: tokens in, logits out. */
@NullMarked
package io.intramuros.inference.engine;

import org.jspecify.annotations.NullMarked;
