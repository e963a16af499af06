// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a key.
 *
 * @param models globs of the models that it may use
 * @param expiresAt null for never
 * @param revokedAt null while it lives
 * @param oldUntil until when the secret before the last rotation counts; null where there is none
 * @param usedAt its last use, to the minute; null for never
 */
public record KeyInfo(
        String id,
        String team,
        String project,
        String name,
        List<String> models,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant oldUntil,
        @Nullable Instant usedAt) {
    public KeyInfo {
        models = List.copyOf(models);
    }
}
