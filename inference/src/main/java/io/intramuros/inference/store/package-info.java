// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The models of an installation on disk: pulled once, verified by digest, converted, listed. */
@NullMarked
package io.intramuros.inference.store;

import org.jspecify.annotations.NullMarked;
