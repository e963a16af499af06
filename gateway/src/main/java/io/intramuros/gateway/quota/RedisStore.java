// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The keys of one organization in Redis, all in one slot, and what can be asked of them. */
final class RedisStore {
    /** How a reservation is charged, see {@code charge.lua}. */
    enum Mode {
        SETTLE("S"),
        BEAT("B"),
        LAPSE("L"),
        VOID("V");

        private final String letter;

        Mode(String letter) {
            this.letter = letter;
        }
    }

    /** The scripts. */
    record Scripts(Script reserve, Script charge, Script overdue, Script raise) {
        static final Scripts OURS = new Scripts(
                Script.resource("reserve.lua"),
                Script.resource("charge.lua"),
                Script.resource("overdue.lua"),
                Script.resource("raise.lua"));
    }

    /** How long a counter stays after its window, for what is settled late. */
    private static final Duration LATE = Duration.ofDays(2);

    /** How long a gateway counts as running after it has last said so; it says so every second. */
    private static final Duration ALIVE = Duration.ofSeconds(5);

    private static final String SWEPT_AT_ONCE = "100";

    private final RedisLink link;
    private final Scripts scripts;
    private final String prefix;
    private final Duration lease;

    RedisStore(RedisLink link, Scripts scripts, String organization, Duration lease) {
        if (organization.contains("}"))
            throw new IllegalArgumentException("organization: " + organization + " (expected: no brace)");
        this.link = link;
        this.scripts = scripts;
        this.prefix = "q:{" + organization + "}:";
        this.lease = lease;
    }

    CompletionStage<List<Long>> reserve(String epoch, String id, String mode, List<Charge> charges) throws StoreDown {
        List<String> keys = new ArrayList<>(keys(id));
        List<String> arguments = new ArrayList<>(List.of(epoch, id, Long.toString(lease.toMillis()), mode));
        for (Charge charge : charges) {
            keys.add(key(charge));
            arguments.addAll(arguments(charge));
        }
        return link.run(scripts.reserve, keys, arguments);
    }

    private static List<String> arguments(Charge charge) {
        Limit limit = charge.limit();
        String amount = Long.toString(charge.amount());
        String capacity = Long.toString(limit.capacity());
        return switch (limit.per()) {
            case Limit.Per.Rate(Duration period) ->
                List.of(
                        "r",
                        unit(limit),
                        amount,
                        capacity,
                        Long.toString(limit.amount()),
                        Long.toString(period.toMillis()));
            case Limit.Per.Day _, Limit.Per.Month _ -> {
                long end = charge.window().orElseThrow().end().toEpochMilli();
                yield List.of("b", unit(limit), amount, capacity, "0", Long.toString(end));
            }
            case Limit.Per.Now _ -> List.of("c", unit(limit), amount, capacity, "0", "0");
        };
    }

    private static String unit(Limit limit) {
        return switch (limit.unit()) {
            case REQUESTS -> "r";
            case TOKENS -> "t";
            case COST -> "m";
            case CONCURRENCY -> "c";
        };
    }

    CompletionStage<List<Long>> charge(String epoch, String id, Mode mode, Usage usage) throws StoreDown {
        List<String> arguments = List.of(
                epoch,
                id,
                Long.toString(lease.toMillis()),
                mode.letter,
                Long.toString(usage.tokens()),
                Long.toString(usage.costMicros()));
        return link.run(scripts.charge, keys(id), arguments);
    }

    private List<String> keys(String id) {
        return List.of(prefix + "epoch", prefix + "h:" + id, prefix + "dl");
    }

    private String key(Charge charge) {
        String name = charge.limit().name();
        return switch (charge.limit().per()) {
            case Limit.Per.Rate _ -> prefix + "r:" + name;
            case Limit.Per.Day _, Limit.Per.Month _ ->
                prefix + "b:" + name + ":" + charge.window().orElseThrow().key();
            case Limit.Per.Now _ -> prefix + "c:" + name;
        };
    }

    /** Opens the counter of a budget's window, unless somebody else just did. */
    void open(Charge charge, long used) throws StoreDown {
        Instant gone = charge.window().orElseThrow().end().plus(LATE);
        RedisLink.await(link.commands()
                .set(key(charge), Long.toString(used), SetArgs.Builder.nx().pxAt(gone)));
    }

    /** Raises the counter of a budget's window where it has less. */
    void raise(Charge charge, long used) throws StoreDown {
        RedisLink.await(link.<Long>run(scripts.raise, List.of(key(charge)), List.of(Long.toString(used))));
    }

    /** The reservations whose deadline has passed by the store's clock, some of them. */
    List<String> overdue() throws StoreDown {
        return RedisLink.await(link.run(scripts.overdue, List.of(prefix + "dl"), List.of(SWEPT_AT_ONCE)));
    }

    Optional<String> epoch() throws StoreDown {
        return Optional.ofNullable(RedisLink.await(link.commands().get(prefix + "epoch")));
    }

    void epoch(String epoch) throws StoreDown {
        RedisLink.await(link.commands().set(prefix + "epoch", epoch));
    }

    /** The epoch that some gateway counts under now. */
    Optional<String> alive() throws StoreDown {
        return Optional.ofNullable(RedisLink.await(link.commands().get(prefix + "alive")));
    }

    /** Says that a gateway counts under an epoch. */
    void alive(String epoch) throws StoreDown {
        RedisLink.await(link.commands().set(prefix + "alive", epoch, SetArgs.Builder.px(ALIVE)));
    }

    /** True where this node may rebuild now; it may until {@code hold} has passed. */
    boolean lock(String node, Duration hold) throws StoreDown {
        String key = prefix + "lock";
        SetArgs ifFree = SetArgs.Builder.nx().px(hold);
        return "OK".equals(RedisLink.await(link.commands().set(key, node, ifFree)))
                || node.equals(RedisLink.await(link.commands().get(key)));
    }

    /** Forgets all of the organization but who rebuilds. */
    void purge() throws StoreDown {
        ScanArgs ours = ScanArgs.Builder.matches(
                        prefix.replace("[", "\\[").replace("*", "\\*").replace("?", "\\?") + "*")
                .limit(1000);
        KeyScanCursor<String> cursor = RedisLink.await(link.commands().scan(ScanCursor.INITIAL, ours));
        while (true) {
            List<String> keys = cursor.getKeys().stream()
                    .filter(key -> !key.equals(prefix + "lock"))
                    .toList();
            if (!keys.isEmpty()) RedisLink.await(link.commands().unlink(keys.toArray(String[]::new)));
            if (cursor.isFinished()) return;
            cursor = RedisLink.await(link.commands().scan(cursor, ours));
        }
    }
}
