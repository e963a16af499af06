// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.redaction.EntityType;
import java.time.Instant;
import java.util.Map;

/**
 * What a decision is about.
 *
 * @param callerId the id of the key, or of the OAuth2 client or user
 * @param model the model's own name, aliases already resolved
 * @param findings how many of each type were found; empty before anybody looked
 * @param stream whether the answer is asked for as a stream
 */
public record DecisionRequest(
        CallerKind kind,
        String callerId,
        String team,
        String project,
        String model,
        Instant now,
        Map<EntityType, Integer> findings,
        boolean stream) {
    /** How a caller proves itself. */
    public enum CallerKind {
        KEY,
        OAUTH
    }

    public DecisionRequest {
        findings = Map.copyOf(findings);
        if (findings.values().stream().anyMatch(count -> count < 0))
            throw new IllegalArgumentException("findings: a negative count (expected: 0 or more)");
    }

    /** The same request after detection. */
    public DecisionRequest withFindings(Map<EntityType, Integer> found) {
        return new DecisionRequest(kind, callerId, team, project, model, now, found, stream);
    }

    boolean found(EntityType type) {
        return findings.getOrDefault(type, 0) > 0;
    }
}
