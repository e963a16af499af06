// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

/** Where a text stands, which decides what its characters mean and how a value must be written into it. */
public enum Place {
    /** Text as people read it. */
    TEXT,
    /** Raw JSON, as the arguments of a tool call: escapes are understood, and what is written in stays JSON. */
    JSON
}
