// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down who tries credentials that are wrong: a token bucket for each source address, of which a bounded number
 * is remembered, the latest. An IPv6 source is its /64, which one customer usually has whole.
 */
public final class AttemptLimiter {
    private static final int V6_PREFIX_BYTES = 8;

    private final Bandwidth bandwidth;
    private final TimeMeter meter;
    private final int addresses;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Allows {@code attempts} failures at once, and as many in each {@code period} afterwards.
     *
     * @param addresses how many sources are remembered, at least 1
     */
    public AttemptLimiter(InstantSource clock, int attempts, Duration period, int addresses) {
        if (addresses < 1) throw new IllegalArgumentException("addresses: " + addresses + " (expected: at least 1)");
        this.bandwidth = Bandwidth.builder()
                .capacity(attempts)
                .refillGreedy(attempts, period)
                .build();
        this.meter = Rates.meter(clock);
        this.addresses = addresses;
    }

    /** How long a source has to wait before its next attempt is looked at; empty where it may go on. */
    public synchronized Optional<Duration> blocked(InetAddress source) {
        Bucket bucket = buckets.get(name(source));
        if (bucket == null) return Optional.empty();
        long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** Counts an attempt with a wrong credential. */
    public synchronized void failed(InetAddress source) {
        Bucket bucket = buckets.computeIfAbsent(
                name(source),
                _ -> Bucket.builder()
                        .addLimit(bandwidth)
                        .withCustomTimePrecision(meter)
                        .build());
        bucket.tryConsume(1);
        if (buckets.size() > addresses)
            buckets.remove(buckets.keySet().iterator().next());
    }

    private static String name(InetAddress source) {
        byte[] address = source.getAddress();
        return HexFormat.of()
                .formatHex(source instanceof Inet6Address ? Arrays.copyOf(address, V6_PREFIX_BYTES) : address);
    }
}
