// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

/** What a request may say of the way its answer is made. */
public enum Option {
    TEMPERATURE,
    TOP_P,
    TOP_K,
    MIN_P,
    SEED,
    /** An array of strings. */
    STOP,
    PRESENCE_PENALTY,
    FREQUENCY_PENALTY,
    REPEAT_PENALTY,
    LOGIT_BIAS,
    /** Whether several tools may be called at once: true or false. */
    PARALLEL_CALLS,
    /** How hard to think: {@code none, minimal, low, medium, high, max}. */
    EFFORT,
    /** The form of the answer: a JSON Schema, or the string {@code json} for any object. */
    FORMAT,
    /** Who asks, in the caller's own words. */
    USER
}
