// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.util.List;

/**
 * An answer as a client of some dialect understands it.
 *
 * @param stop why it ended, in the dialect's word
 * @param in tokens of the prompt that the caller was told; -1 for none
 */
record Heard(String text, String thinking, List<Call> calls, String stop, long in, long out) {
    /** A call of a tool; its arguments as JSON. */
    record Call(String id, String name, String arguments) {}
}
