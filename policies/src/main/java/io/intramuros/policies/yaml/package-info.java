// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Strict YAML: files read into records, with every fault reported at its file, line and column. */
@NullMarked
package io.intramuros.policies.yaml;

import org.jspecify.annotations.NullMarked;
