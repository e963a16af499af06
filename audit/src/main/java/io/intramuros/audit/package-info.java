// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** The compliance log: a Merkle log in the C2SP forms that loses nothing and that a stranger can verify. */
@NullMarked
package io.intramuros.audit;

import org.jspecify.annotations.NullMarked;
