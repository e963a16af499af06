// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.gateway.node.Target;

/** A replica to try, and what its kind of node gets. */
public record Planned(Target target, Forward forward) {}
