// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Key;
import io.intramuros.policies.yaml.Place;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A test that a policy carries: a request in, the decision out. */
public record PolicyCase(
        Place at,
        @Key("What is asked") Asked request,
        @Key("What the policy must answer") Expected expect) {
    /**
     * A request. Who asks is, where not said, somebody that the policy is for.
     *
     * @param at when; noon of the first day of 2026 (UTC) where absent
     */
    public record Asked(
            @Key(value = "The model asked for", fallback = "default")
            String model,

            @Key("The text in which detectors look; empty where absent") @Nullable
            String text,

            @Key("The caller's team") @Nullable String team,
            @Key("The caller's project") @Nullable String project,
            @Key("The id of the caller's key") @Nullable String key,

            @Key(value = "How the caller proves itself", fallback = "key")
            DecisionRequest.CallerKind caller,

            @Key(value = "Whether the answer is asked for as a stream", fallback = "false")
            boolean stream,

            @Key(value = "When, as 2026-01-31T23:59:59Z", fallback = "2026-01-01T12:00:00Z")
            Instant at) {}

    /**
     * A decision.
     *
     * @param because what is forbidden: an entity type, {@code model}, {@code zones} or {@code policy_error}
     * @param entities types that must be found, with what is done to them
     */
    public record Expected(
            @Key("Whether the request goes on") Outcome verdict,

            @Key("What is forbidden: an entity type, model, zones or policy_error") @Nullable
            String because,

            @Key("Types that must be found, with what is done to them")
            Map<EntityType, Action> entities) {
        public Expected {
            entities = Map.copyOf(entities);
            if (verdict == Outcome.ALLOW && because != null)
                throw new IllegalArgumentException("because: \"" + because + "\" (expected: none where allowed)");
        }
    }

    /** Whether a request goes on. */
    public enum Outcome {
        ALLOW,
        BLOCK
    }
}
