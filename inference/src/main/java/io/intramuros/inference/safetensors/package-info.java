// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Models as Hugging Face's libraries save them, and their way into a GGUF file. */
@NullMarked
package io.intramuros.inference.safetensors;

import org.jspecify.annotations.NullMarked;
