// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The token buckets of a {@link LocalLedger}, whose lock guards them. */
final class Rates {
    private final TimeMeter meter;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Map<String, BucketConfiguration> configurations = new HashMap<>();

    Rates(InstantSource clock) {
        this.meter = meter(clock);
    }

    /** What is in the bucket now; negative where it is in debt. */
    long available(Limit limit) {
        return bucket(limit).getAvailableTokens();
    }

    /** How long until it has this much; zero where it has. */
    Duration wait(Limit limit, long amount) {
        return Duration.ofNanos(bucket(limit).estimateAbilityToConsume(amount).getNanosToWaitForRefill());
    }

    /** Takes, below zero if it must; gives back where negative, never above what the bucket holds. */
    void take(Limit limit, long amount) {
        if (amount > 0) {
            bucket(limit).consumeIgnoringRateLimits(amount);
        } else if (amount < 0) {
            bucket(limit).addTokens(-amount);
        }
    }

    private Bucket bucket(Limit limit) {
        BucketConfiguration wanted = configuration(limit);
        Bucket bucket = buckets.computeIfAbsent(limit.name(), _ -> fresh(wanted));
        BucketConfiguration had = configurations.put(limit.name(), wanted);
        if (had != null && !had.equals(wanted)) bucket.replaceConfiguration(wanted, TokensInheritanceStrategy.AS_IS);
        return bucket;
    }

    private Bucket fresh(BucketConfiguration configuration) {
        return Bucket.builder()
                .addLimit(configuration.getBandwidths()[0])
                .withCustomTimePrecision(meter)
                .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                .build();
    }

    private static BucketConfiguration configuration(Limit limit) {
        if (!(limit.per() instanceof Limit.Per.Rate(Duration period)))
            throw new IllegalArgumentException("limit: " + limit.name() + " (expected: a rate)");
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(limit.capacity())
                .refillGreedy(limit.amount(), period)
                .build();
        return new ConfigurationBuilder().addLimit(bandwidth).build();
    }

    /** In milliseconds, as the other ledger counts. */
    static TimeMeter meter(InstantSource clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return clock.millis() * 1_000_000;
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
