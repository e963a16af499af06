// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.store.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * The node's process. Says {@code ready port=N models=a,b} on standard output when it can answer; ends with 0 on
 * SIGTERM after the running answers, and at once when its parent is gone.
 */
public final class NodeMain {
    private static final System.Logger LOG = System.getLogger("node");
    private static final int BODY_LIMIT = 8 << 20;
    private static final long STACK_BYTES = 16L << 20;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private NodeMain() {}

    /** Starts the node; ends the process with 2 where the command line is wrong and 1 where it cannot start. */
    public static void main(String... arguments) {
        // Loading a model runs kernels, which need a deep stack, and so does this thread then.
        Thread.ofPlatform().name("start").stackSize(STACK_BYTES).start(() -> startOrEnd(arguments));
    }

    private static void startOrEnd(String... arguments) {
        try {
            start(NodeOptions.of(Arrays.asList(arguments), System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println("intramuros node: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("intramuros node: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void start(NodeOptions options) throws IOException {
        ServedModels models = ModelLoader.load(options, ModelStore.open(options.data()));
        var listen = new NodeServer.Listen(
                new InetSocketAddress(InetAddress.ofLiteral(options.bind()), options.port()),
                options.token(),
                BODY_LIMIT);
        var server = new NodeServer(listen, models, InstantSource.system());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(server)));
        if (options.parentStdin()) {
            Thread.ofPlatform().name("parent").daemon().start(() -> outlive(System.in));
        }
        System.out.println("ready port=" + server.port() + " models=" + String.join(",", models.ids()));
        System.out.flush();
    }

    /** SIGTERM is the usual way to end, so it ends with 0 and not with the JVM's 143. */
    private static void end(NodeServer server) {
        try {
            server.drain(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Returns, and ends the process, when the other end of the pipe is closed: by the parent or by its death. */
    private static void outlive(InputStream parent) {
        try {
            long skipped = parent.transferTo(OutputStream.nullOutputStream());
            LOG.log(System.Logger.Level.DEBUG, "parent ended after {0} bytes", skipped);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "parent: pipe broken", e);
        }
        // Nobody is left to read an answer: nothing to drain.
        Runtime.getRuntime().halt(0);
    }
}
