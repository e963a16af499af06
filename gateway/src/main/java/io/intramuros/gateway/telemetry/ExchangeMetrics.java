// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * What is counted of exchanges, under the names of OpenTelemetry's conventions for generative AI. Labels are team ids,
 * models that exist and codes of ours: nothing that a caller can make up.
 */
public final class ExchangeMetrics {
    private static final String NO_MODEL = "none";

    private final MeterRegistry registry;
    private final Counter unrecorded;

    public ExchangeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.unrecorded = Counter.builder("intramuros.audit.unrecorded")
                .description("Endings that could not be written to the log")
                .register(registry);
    }

    /**
     * Counts one that ended.
     *
     * @param model the model that exists, or empty
     * @param outcome {@code ok} or an error's code
     */
    public void ended(String team, String model, String outcome, Duration took) {
        Timer.builder("gen_ai.server.request.duration")
                .tags(tags(team, model).and("outcome", outcome))
                .register(registry)
                .record(took);
    }

    /** Counts its tokens. */
    public void tokens(String team, String model, long in, long out) {
        summary(team, model, "input").record((double) in);
        summary(team, model, "output").record((double) out);
    }

    /** Counts the time to the node's first byte. */
    public void firstByte(String team, String model, Duration took) {
        Timer.builder("gen_ai.server.time_to_first_token")
                .tags(tags(team, model))
                .register(registry)
                .record(took);
    }

    /** Counts an ending that the log did not take. */
    public void unrecorded() {
        unrecorded.increment();
    }

    private DistributionSummary summary(String team, String model, String type) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .baseUnit("token")
                .tags(tags(team, model).and("gen_ai.token.type", type))
                .register(registry);
    }

    private static Tags tags(String team, String model) {
        return Tags.of("team", team, "gen_ai.request.model", model.isEmpty() ? NO_MODEL : model);
    }
}
