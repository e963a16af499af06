// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** From words to token ids and back: vocabulary, chat template, sampling, stop strings, and the loop that generates. */
@NullMarked
package io.intramuros.inference.text;

import org.jspecify.annotations.NullMarked;
