// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Metrics and traces of exchanges. */
@NullMarked
package io.intramuros.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
