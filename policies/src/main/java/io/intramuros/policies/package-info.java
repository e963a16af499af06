// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Policy resources: strict YAML, CEL conditions, and the pure decision they give for one exchange. */
@NullMarked
package io.intramuros.policies;

import org.jspecify.annotations.NullMarked;
