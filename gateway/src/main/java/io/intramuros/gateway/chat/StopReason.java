// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

/** Why an answer ended. */
public enum StopReason {
    /** The model was done, or wrote what should stop it. */
    STOP,
    /** It may not be longer. */
    LENGTH,
    /** It wants a tool to be called. */
    CALLS,
    /** The node kept the rest back. */
    FILTERED
}
