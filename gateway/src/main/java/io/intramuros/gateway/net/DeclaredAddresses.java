// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.net;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that this process may know: those of the declared nodes, issuers, database, Redis and telemetry, and the
 * loopback. Once armed, no other name is resolved anywhere in the JVM and no client connects elsewhere.
 *
 * <p>The one static of the gateway: the JVM has one resolver, so there is one list.
 */
public final class DeclaredAddresses {
    private static final AtomicReference<@Nullable Set<String>> ARMED = new AtomicReference<>();
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    private DeclaredAddresses() {}

    /** Allows these hosts, names or literals, and nothing else from now on. A later call replaces the list. */
    public static void arm(Set<String> hosts) {
        ARMED.set(hosts.stream().map(DeclaredAddresses::plain).collect(Collectors.toUnmodifiableSet()));
    }

    /** Allows everything again: for programs that are no gateway. */
    public static void disarm() {
        ARMED.set(null);
    }

    /** Whether a host, name or literal, may be resolved and connected to. */
    public static boolean allows(String host) {
        Set<String> hosts = ARMED.get();
        String plain = plain(host);
        return hosts == null || LOOPBACK.contains(plain) || hosts.contains(plain);
    }

    /** Fails where {@link #allows} says no, before anything is asked of the network. */
    public static void check(String host) throws UnknownHostException {
        if (!allows(host))
            throw new UnknownHostException("host: \"" + host
                    + "\" (expected: one that a node, issuer, database, Redis or telemetry setting declares)");
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean bracketed = lower.startsWith("[") && lower.endsWith("]");
        String bare = bracketed ? lower.substring(1, lower.length() - 1) : lower;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
