// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inference node of the embedded mode: a process of its own, so that native code cannot take the gateway with it. It
 * listens on a loopback port with a token made at this start, comes back with growing pauses when it dies, and dies with
 * us, since it reads our end of a pipe.
 */
public final class ChildNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildNode.class);
    private static final String MAIN = "io.intramuros.inference.node.NodeMain";
    private static final Pattern READY = Pattern.compile("ready port=(\\d+) models=(\\S*)");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration GOOD_RUN = Duration.ofMinutes(1);

    private final Path data;
    private final String token = freshToken();
    private final AtomicReference<@Nullable Ready> ready = new AtomicReference<>();
    private final CompletableFuture<Ready> first = new CompletableFuture<>();
    private final AtomicReference<@Nullable Process> process = new AtomicReference<>();
    private final AtomicInteger port = new AtomicInteger();
    private volatile boolean closed;

    /**
     * A node that is up.
     *
     * @param port on the loopback
     * @param models the ids that it serves, the default chat model first
     */
    public record Ready(int port, List<String> models) {}

    private ChildNode(Path data) {
        this.data = data;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param data the gateway's data folder, which holds the models
     * @throws IOException if it does not come up
     */
    public static ChildNode start(Path data) throws IOException {
        ChildNode node = new ChildNode(data);
        Thread.ofVirtual().name("child-node").start(node::keepUp);
        try {
            node.first.get(START.toSeconds(), TimeUnit.SECONDS);
            return node;
        } catch (TimeoutException | ExecutionException e) {
            node.close();
            throw new IOException("the embedded node did not start; its last lines stand above", e);
        } catch (InterruptedException e) {
            node.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the embedded node started", e);
        }
    }

    /** What it serves now; empty while it is down. */
    public Optional<Ready> ready() {
        return Optional.ofNullable(ready.get());
    }

    /** The models that it served when it first came up. */
    public List<String> models() {
        return first.join().models();
    }

    /** The token that it wants. */
    public String token() {
        return token;
    }

    /** The process's id; empty while it is down. */
    public Optional<Long> pid() {
        return Optional.ofNullable(process.get()).filter(Process::isAlive).map(Process::pid);
    }

    @Override
    public void close() {
        closed = true;
        Process running = process.get();
        if (running == null) return;
        running.destroy();
        try {
            if (!running.waitFor(5, TimeUnit.SECONDS)) running.destroyForcibly();
        } catch (InterruptedException _) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void keepUp() {
        Duration pause = Duration.ofMillis(200);
        while (!closed) {
            long began = System.nanoTime();
            try {
                run();
            } catch (IOException e) {
                first.completeExceptionally(e);
                LOG.warn("the embedded node cannot be run: {}", e.getMessage());
            }
            ready.set(null);
            if (closed) return;
            first.completeExceptionally(new IOException("the embedded node ended before it was ready"));
            boolean lastedLong = System.nanoTime() - began > GOOD_RUN.toNanos();
            pause = lastedLong ? Duration.ofMillis(200) : min(pause.multipliedBy(2), LONGEST_PAUSE);
            LOG.warn("the embedded node ended; it is started again in {} ms", pause.toMillis());
            sleep(pause);
        }
    }

    private void run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("INTRAMUROS_NODE_TOKEN", token);
        builder.environment().remove("INTRAMUROS_MASTER_KEY");
        builder.environment().remove("INTRAMUROS_ADMIN_TOKEN");
        builder.environment().remove("INTRAMUROS_DATABASE_PASSWORD");
        Process started = builder.start();
        process.set(started);
        if (closed) started.destroy();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) listen(line);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            started.destroyForcibly();
        }
    }

    private void listen(String line) {
        Matcher matcher = READY.matcher(line);
        if (!matcher.matches()) return;
        Ready now = new Ready(
                Integer.parseInt(matcher.group(1)), List.of(matcher.group(2).split(",", -1)));
        // Declared nodes have one address: the next process takes the same port, or nobody would find it.
        port.set(now.port());
        ready.set(now);
        first.complete(now);
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xss8m", // native kernels overflow the usual stack of 1 MiB, and no handler of the JVM hears of it
                "-Dlogback.configurationFile=io/intramuros/gateway/quiet-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port.get()),
                "--bind",
                "127.0.0.1",
                "--parent-stdin");
    }

    private static String freshToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
