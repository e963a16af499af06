// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds of a key.
 *
 * @param caller whom it stands for
 * @param digest of its secret, 64 hexadecimal digits
 * @param oldDigest of the secret before the last rotation
 * @param oldUntil until when that one counts
 * @param expiresAt null for never
 */
record KeyRow(
        Caller caller,
        String digest,
        @Nullable String oldDigest,
        @Nullable Instant oldUntil,
        @Nullable Instant expiresAt,
        boolean revoked) {
    /** What no secret opens. */
    static final KeyRow NONE =
            new KeyRow(new Caller(Caller.Kind.KEY, "", "", "", List.of()), "0".repeat(64), null, null, null, false);

    /** Whether the secret of this digest is its own; takes as long for every one that is not. */
    boolean opensWith(String offered, Instant now) {
        boolean current = same(offered, digest);
        boolean old = oldDigest != null && oldUntil != null && now.isBefore(oldUntil) && same(offered, oldDigest);
        return current || old;
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    private static boolean same(String offered, String kept) {
        return MessageDigest.isEqual(
                offered.getBytes(StandardCharsets.US_ASCII), kept.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "KeyRow[" + caller.id() + "]";
    }
}
