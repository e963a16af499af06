// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A node that costs next to nothing: one fixed completion of about 1 KB, or a stream of fixed events at a fixed rate. */
final class Stub {
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;
    private static final int EVENTS = 200;
    private static final int EVENT_MILLIS = 10;
    private static final byte[] WHOLE =
            ("{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
                            + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                            + "The quick brown fox jumps over the lazy dog. ".repeat(18)
                            + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":200,\"total_tokens\":400}}")
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] EVENT = event("{\"content\":\" quick\"}", "null");
    private static final byte[] LAST = event("{}", "\"stop\"");
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private Stub() {}

    /** Listens until the process ends. */
    static void serve(int port) throws InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY_BYTES), new Answers());
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static byte[] event(String delta, String finish) {
        return ("data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                        + "\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            boolean stream = request.content().toString(StandardCharsets.UTF_8).contains("\"stream\":true");
            if (stream) stream(context);
            else whole(context);
        }

        private static void whole(ChannelHandlerContext context) {
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(WHOLE));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, WHOLE.length);
            var _ = context.writeAndFlush(response);
        }

        private static void stream(ChannelHandlerContext context) {
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            var _ = context.writeAndFlush(head);
            next(context, 0);
        }

        private static void next(ChannelHandlerContext context, int sent) {
            if (!context.channel().isActive()) return;
            if (sent == EVENTS) {
                send(context, LAST);
                send(context, DONE);
                var _ = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
            send(context, EVENT);
            var _ = context.executor().schedule(() -> next(context, sent + 1), EVENT_MILLIS, TimeUnit.MILLISECONDS);
        }

        private static void send(ChannelHandlerContext context, byte[] bytes) {
            ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
            var _ = context.writeAndFlush(new DefaultHttpContent(buffer));
        }
    }
}
