// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The tiny model that the repository carries, so that a machine without any model can still answer. */
@NullMarked
package io.intramuros.inference.wiring;

import org.jspecify.annotations.NullMarked;
