// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Limits and requests as the tests write them. */
final class Requests {
    static final Limit.Per DAY = new Limit.Per.Day();
    static final Limit.Per MONTH = new Limit.Per.Month();
    static final Limit.Per MINUTE = new Limit.Per.Rate(Duration.ofMinutes(1));
    static final Scope TEAM = Scope.parse("team:red");

    private static final AtomicLong NUMBERS = new AtomicLong();

    private Requests() {}

    static Limit limit(Scope scope, Limit.Unit unit, long amount, Limit.Per per) {
        return new Limit(scope, unit, amount, per, null, null);
    }

    static Limit concurrency(Scope scope, long amount) {
        return limit(scope, Limit.Unit.CONCURRENCY, amount, new Limit.Per.Now());
    }

    static ReserveRequest request(Limit... limits) {
        return request(0, limits);
    }

    static ReserveRequest request(long tokens, Limit... limits) {
        return request("m", new Usage(tokens, 0, 0), limits);
    }

    static ReserveRequest request(String model, Usage estimate, Limit... limits) {
        String id = "req-" + NUMBERS.incrementAndGet();
        return new ReserveRequest(id, Scope.path("red", "default", "k1"), model, List.of(limits), estimate);
    }

    static Usage tokens(long tokens) {
        return new Usage(0, tokens, 0);
    }
}
