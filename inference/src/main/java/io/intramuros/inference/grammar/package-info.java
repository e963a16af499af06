// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
/** Grammars over bytes, made of JSON schemas, and which tokens may come next by them. */
@NullMarked
package io.intramuros.inference.grammar;

import org.jspecify.annotations.NullMarked;
