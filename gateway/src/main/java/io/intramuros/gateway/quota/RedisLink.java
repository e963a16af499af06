// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Redis or a Redis Cluster, tuned to fail soon: a command that is not answered in
 * {@link #TIMEOUT} fails, and while there is no connection each fails at once. It connects again by itself.
 */
public final class RedisLink implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofMillis(250);

    /** Bounds the handshake, which takes longer than a command where the machine is busy. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);

    private static final int QUEUE = 20_000;

    private static final System.Logger LOG = System.getLogger(RedisLink.class.getName());

    /** What a Redis and a Redis Cluster have in common. */
    private record Open(
            AbstractRedisClient client,
            StatefulConnection<String, String> connection,
            RedisClusterAsyncCommands<String, String> commands) {}

    private final ClientResources resources;
    private final List<RedisURI> nodes;
    private volatile @Nullable Open open;

    /**
     * Connects if it can; if not, {@link #connect} tries again.
     *
     * @param uris {@code redis://} or {@code rediss://}; several, separated by commas, are nodes of a cluster, and one
     *     may be a node of a cluster too
     */
    public RedisLink(String uris) {
        resources = DefaultClientResources.builder()
                .reconnectDelay(Delay.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, MILLISECONDS))
                .build();
        nodes = List.of(uris.split(",", -1)).stream().map(RedisLink::uri).toList();
        connect();
    }

    private static RedisURI uri(String text) {
        RedisURI uri = RedisURI.create(text.strip());
        uri.setTimeout(HANDSHAKE);
        return uri;
    }

    private Open opened() {
        if (nodes.size() > 1) return cluster();
        RedisClient client = RedisClient.create(resources, nodes.getFirst());
        client.setOptions(tuned(ClientOptions.builder()).build());
        try {
            StatefulRedisConnection<String, String> connection = client.connect();
            if (!connection.sync().info("cluster").contains("cluster_enabled:1"))
                return new Open(client, connection, connection.async());
        } catch (RedisException e) {
            client.shutdown(Duration.ZERO, HANDSHAKE);
            throw e;
        }
        client.shutdown(Duration.ZERO, HANDSHAKE);
        return cluster();
    }

    private Open cluster() {
        RedisClusterClient client = RedisClusterClient.create(resources, nodes);
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        tuned(options);
        client.setOptions(options.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(Duration.ofMillis(500))
                        .enablePeriodicRefresh(Duration.ofSeconds(5))
                        .build())
                .build());
        try {
            StatefulRedisClusterConnection<String, String> connection = client.connect();
            return new Open(client, connection, connection.async());
        } catch (RedisException e) {
            client.shutdown(Duration.ZERO, HANDSHAKE);
            throw e;
        }
    }

    private static ClientOptions.Builder tuned(ClientOptions.Builder options) {
        SocketOptions.KeepAliveOptions keepAlive = SocketOptions.KeepAliveOptions.builder()
                .enable()
                .idle(Duration.ofSeconds(5))
                .interval(Duration.ofSeconds(2))
                .count(3)
                .build();
        return options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE)
                .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofMillis(500))
                        .keepAlive(keepAlive)
                        .build());
    }

    /** Connects where there was never a connection; true where there is one, up or being made again. */
    synchronized boolean connect() {
        if (open != null) return true;
        try {
            Open now = opened();
            open = now;
            warn(await(now.commands().info()));
            return true;
        } catch (RedisException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot connect to the quota store: {0}", e.getMessage());
            return false;
        } catch (StoreDown e) {
            LOG.log(System.Logger.Level.WARNING, "the quota store does not say how it keeps what it is told", e);
            return true;
        }
    }

    private static void warn(String info) {
        if (!info.contains("maxmemory_policy:noeviction") && !info.contains("maxmemory:0"))
            LOG.log(System.Logger.Level.WARNING, "the quota store may evict counters (expected: noeviction)");
        if (info.contains("aof_enabled:0"))
            LOG.log(System.Logger.Level.WARNING, "the quota store forgets when it restarts (expected: appendonly yes)");
    }

    /** Names the run of the server, which another start or another server changes; none for a cluster. */
    Optional<String> run() throws StoreDown {
        Open now = open;
        if (now == null || now.client() instanceof RedisClusterClient) return Optional.empty();
        return await(now.commands().info("server"))
                .lines()
                .filter(line -> line.startsWith("run_id:"))
                .findFirst();
    }

    RedisClusterAsyncCommands<String, String> commands() throws StoreDown {
        Open now = open;
        if (now == null) throw new StoreDown("the quota store was never reached", null);
        return now.commands();
    }

    /** Runs a script; sends its text only where the server does not know it. */
    <T> CompletionStage<List<T>> run(Script script, List<String> keys, List<String> arguments) throws StoreDown {
        RedisClusterAsyncCommands<String, String> commands = commands();
        String[] keyed = keys.toArray(String[]::new);
        String[] values = arguments.toArray(String[]::new);
        CompletionStage<List<T>> first = commands.evalsha(script.digest(), ScriptOutputType.MULTI, keyed, values);
        return first.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof RedisNoScriptException)
                return commands.eval(script.text(), ScriptOutputType.MULTI, keyed, values);
            return CompletableFuture.failedStage(failure);
        });
    }

    /** Waits for an answer, at most a little longer than the command's own limit. */
    static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws StoreDown {
        try {
            return stage.toCompletableFuture().get(TIMEOUT.toMillis() * 2, MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StoreDown(
                    "the quota store failed: "
                            + Objects.requireNonNullElse(e.getCause(), e)
                                    .getClass()
                                    .getSimpleName(),
                    e);
        } catch (TimeoutException e) {
            throw new StoreDown("the quota store did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreDown("interrupted while the quota store was asked", e);
        }
    }

    @Override
    public synchronized void close() {
        Open now = open;
        if (now != null) {
            now.connection().close();
            now.client().shutdown(Duration.ZERO, HANDSHAKE);
        }
        resources.shutdown(0, 1, SECONDS).awaitUninterruptibly(HANDSHAKE.toMillis());
    }
}
