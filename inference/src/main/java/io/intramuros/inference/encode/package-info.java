// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
/** Text encoders: texts in, vectors out. */
@NullMarked
package io.intramuros.inference.encode;

import org.jspecify.annotations.NullMarked;
