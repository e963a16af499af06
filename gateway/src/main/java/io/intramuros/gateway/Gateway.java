// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.policies.yaml.ConfigurationException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a gateway in the foreground: {@code intramuros up}. */
public final class Gateway {
    /** Until Spring's own logging stands, a library's chatter would hide what a start says. */
    private static final String EARLY_LOGGING = "logback.configurationFile";

    static {
        if (System.getProperty(EARLY_LOGGING) == null)
            System.setProperty(EARLY_LOGGING, "io/intramuros/gateway/quiet-logback.xml");
    }

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private Gateway() {}

    /**
     * Starts, says where it stands, and serves until SIGTERM or SIGINT, then drains.
     *
     * @return the exit code: 0 after a stop that was asked for, 1 where it could not start
     */
    public static int up(UpOptions options, PrintStream out, PrintStream err) {
        // It has been read by now, and Spring would only warn that it reads another.
        System.clearProperty(EARLY_LOGGING);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (RunningGateway gateway = RunningGateway.start(options, out)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                if (stopped.getCount() == 0) return; // it ended by itself, with an exit code of its own
                stop.countDown();
                await(stopped);
                // A stop that was asked for and went well is no 143.
                Runtime.getRuntime().halt(0);
            }));
            out.print(gateway.readyBlock());
            out.flush();
            await(stop);
        } catch (InvalidSettings | ConfigurationException e) {
            err.println(e.getMessage());
            return 1;
        } catch (StartFailure e) {
            err.println(e.getMessage());
            LOG.debug("start failed", e);
            return 1;
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
