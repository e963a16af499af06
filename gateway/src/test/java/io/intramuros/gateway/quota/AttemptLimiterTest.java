// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The limiter of wrong credentials. */
class AttemptLimiterTest {
    private final TestClock clock = new TestClock(Instant.parse("2031-01-01T00:00:00Z"));
    private final AttemptLimiter limiter = new AttemptLimiter(clock, 3, Duration.ofMinutes(1), 100);

    @Test
    void blocked_asManyFailuresAsAllowed_untilOneComesBack() throws UnknownHostException {
        InetAddress source = InetAddress.getByName("10.0.0.1");
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.blocked(source)).isEmpty();
            limiter.failed(source);
        }
        assertThat(limiter.blocked(source)).contains(Duration.ofSeconds(20));
        assertThat(limiter.blocked(InetAddress.getByName("10.0.0.2"))).isEmpty();
        clock.advance(Duration.ofSeconds(20));
        assertThat(limiter.blocked(source)).isEmpty();
    }

    @Test
    void blocked_neighboursInOneIpv6Prefix_areOneSource() throws UnknownHostException {
        for (int i = 0; i < 3; i++) limiter.failed(InetAddress.getByName("2001:db8:1:2::" + i));
        assertThat(limiter.blocked(InetAddress.getByName("2001:db8:1:2:ffff::9")))
                .isPresent();
        assertThat(limiter.blocked(InetAddress.getByName("2001:db8:1:3::1"))).isEmpty();
    }

    @Test
    void failed_moreSourcesThanRemembered_forgetsTheOldestOnly() throws UnknownHostException {
        InetAddress first = InetAddress.getByName("10.0.0.1");
        InetAddress kept = InetAddress.getByName("10.0.0.2");
        for (int i = 0; i < 3; i++) limiter.failed(first);
        for (int i = 0; i < 3; i++) limiter.failed(kept);
        for (int i = 0; i < 99; i++) limiter.failed(InetAddress.getByName("10.1.0." + i));
        assertThat(limiter.blocked(first)).isEmpty();
        assertThat(limiter.blocked(kept)).isPresent();
    }
}
