// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

/** What a policy does to a {@link Finding}. */
public enum Action {
    /** The value stays. */
    ALLOW,
    /** The value becomes {@code [TYPE]} and cannot come back. */
    MASK,
    /** The value becomes a surrogate, which the answer's way back restores. */
    PSEUDONYMIZE,
    /** The value becomes a keyed hash that cannot come back. */
    HASH,
    /** The value becomes its AES-256-GCM encryption under a key of the tenant. */
    ENCRYPT,
    /** The value becomes a made-up one of the same form. */
    SYNTHESIZE,
    /** The request is refused. */
    BLOCK
}
