// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.web.Readiness;
import io.intramuros.gateway.web.ServerPorts;
import io.intramuros.redaction.Detector;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway that serves. Its parts are closed in the reverse of the order in which they were opened. */
public final class RunningGateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningGateway.class);

    private final Deque<AutoCloseable> parts;
    private final ConfigurableApplicationContext spring;
    private final ReadyBlock ready;

    private RunningGateway(Deque<AutoCloseable> parts, ConfigurableApplicationContext spring, ReadyBlock ready) {
        this.parts = parts;
        this.spring = spring;
        this.ready = ready;
    }

    /**
     * Starts one.
     *
     * @throws StartFailure or {@code InvalidSettings} or {@code ConfigurationException} where it cannot
     */
    public static RunningGateway start(UpOptions options, PrintStream out) {
        return start(options, out, List.of());
    }

    /**
     * Starts one within a program of a company's own.
     *
     * @param detectors asked beside those of the gateway, in requests and answers; safe for several threads
     * @throws StartFailure or {@code InvalidSettings} or {@code ConfigurationException} where it cannot
     */
    public static RunningGateway start(UpOptions options, PrintStream out, List<Detector> detectors) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return new Assembly(options, out, parts).start(detectors);
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    static RunningGateway of(Deque<AutoCloseable> parts, ConfigurableApplicationContext spring, ReadyBlock ready) {
        return new RunningGateway(parts, spring, ready);
    }

    /** What stands on the terminal once it serves. */
    public String readyBlock() {
        return ready.text();
    }

    /** The first key, in clear, where this start made it. */
    public @Nullable String firstKey() {
        return ready.key();
    }

    /** The admin token. */
    public String adminToken() {
        return ready.adminToken();
    }

    /** The data plane's port. */
    public int port() {
        return spring.getBean(ServerPorts.class).data();
    }

    /** The admin plane's port. */
    public int adminPort() {
        return spring.getBean(ServerPorts.class).admin();
    }

    @Override
    public void close() {
        spring.getBean(Readiness.class).down();
        closeAll(parts);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.error("a part did not close: {}", e.toString());
            }
        }
    }
}
