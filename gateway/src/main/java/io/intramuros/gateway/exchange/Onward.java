// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** The exchange goes on to the next step. */
public enum Onward implements Outcome {
    ONWARD
}
