// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** What a {@link Step} says: go on, or end here. */
public sealed interface Outcome permits Onward, Refusal {}
