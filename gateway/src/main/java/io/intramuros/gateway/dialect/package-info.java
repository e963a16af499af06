// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** What wire protocols share: strict JSON, frames of streams, text slots, and the list of the protocols themselves. */
@NullMarked
package io.intramuros.gateway.dialect;

import org.jspecify.annotations.NullMarked;
