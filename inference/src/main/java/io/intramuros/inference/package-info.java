// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The inference node: ONNX Runtime through the Foreign Function and Memory API, and its HTTP server. */
@NullMarked
package io.intramuros.inference;

import org.jspecify.annotations.NullMarked;
