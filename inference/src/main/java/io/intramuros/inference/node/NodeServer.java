// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The node's HTTP server, from the moment it listens until it is closed. Does not own the models. */
final class NodeServer implements AutoCloseable {
    /** How much of an answer may wait unsent before its writer has to wait, in bytes. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(16 << 10, 64 << 10);

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Endpoints endpoints;
    private final Workers workers;
    private final Channel listener;

    /**
     * Where to listen, and for whom.
     *
     * @param address the port may be 0 for any free one
     * @param token what every request but {@code /health} must bear; empty for none
     * @param bodyLimit the largest body, in bytes
     */
    record Listen(InetSocketAddress address, Optional<String> token, int bodyLimit) {}

    NodeServer(Listen listen, ServedModels models, InstantSource clock) throws IOException {
        endpoints = new Endpoints(models, clock);
        workers = new Workers(endpoints);
        var bind = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(pipeline(listen))
                .bind(listen.address())
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            throw new IOException("listen on " + listen.address() + ": not possible", bind.cause());
        }
        listener = bind.channel();
    }

    /** The port that it listens on. */
    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Takes no more connections, lets running answers end within the limit, then cuts them short. */
    void drain(Duration limit) throws InterruptedException {
        endpoints.drain();
        listener.close().awaitUninterruptibly();
        workers.drain(limit);
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        workers.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private ChannelInitializer<SocketChannel> pipeline(Listen listen) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new Door(listen.token()))
                        .addLast(new WholeRequests(listen.bodyLimit()))
                        .addLast(new Connection(workers));
            }
        };
    }
}
