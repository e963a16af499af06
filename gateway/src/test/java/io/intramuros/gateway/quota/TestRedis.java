// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis on a free port of this machine. */
final class TestRedis implements AutoCloseable {
    private final int port;
    private RedisServer server;

    private final String[] settings;

    TestRedis(String... settings) {
        this.settings = settings;
        port = freePort();
        server = started();
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills the process; everything in it is lost. */
    void kill() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("redis did not stop", e);
        }
    }

    void startAgain() {
        server = started();
    }

    private RedisServer started() {
        try {
            RedisServerBuilder builder = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .onShutdownForceStop(true);
            for (String each : settings) builder.setting(each);
            RedisServer built = builder.build();
            built.start();
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException("redis did not start", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
