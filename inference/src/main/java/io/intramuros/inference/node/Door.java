// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests without the node's token away by their headers, before a byte of their body is kept, and those that
 * dribble in.
 */
final class Door extends ChannelInboundHandlerAdapter {
    /** How long the body of a request may take to come. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Optional<byte[]> expected;
    private boolean shut;
    private @Nullable Future<?> impatience;

    /** A door for one connection; {@code token} is empty where none is asked for. */
    Door(Optional<String> token) {
        this.expected = token.map(t -> ("Bearer " + t).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (shut || (message instanceof HttpObject object && refused(ctx, object))) {
            ReferenceCountUtil.release(message);
            return;
        }
        wait(ctx, message);
        super.channelRead(ctx, message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        patient();
        super.channelInactive(ctx);
    }

    /** From its head to its end a request has {@link #PATIENCE}. */
    private void wait(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            patient();
            impatience =
                    ctx.executor().schedule(() -> refuse(ctx, ApiError.tooSlow()), PATIENCE.toMillis(), MILLISECONDS);
        }
        if (message instanceof LastHttpContent) {
            patient();
        }
    }

    private void patient() {
        if (impatience != null) {
            impatience.cancel(false);
            impatience = null;
        }
    }

    private boolean refused(ChannelHandlerContext ctx, HttpObject object) {
        if (object.decoderResult().isFailure()) {
            refuse(ctx, ApiError.json("The request is not valid HTTP."));
        } else if (object instanceof HttpRequest request && !mayEnter(request)) {
            refuse(ctx, ApiError.unauthorized());
        }
        return shut;
    }

    private boolean mayEnter(HttpRequest request) {
        if (expected.isEmpty() || Requests.path(request).equals("/health")) {
            return true;
        }
        String given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.get());
    }

    private void refuse(ChannelHandlerContext ctx, ApiError error) {
        shut = true;
        ctx.writeAndFlush(response(error)).addListener(ChannelFutureListener.CLOSE);
    }

    /** An error that ends the connection. */
    static FullHttpResponse response(ApiError error) {
        byte[] body = Json.bytes(Json.error(error));
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(error.status()), Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        HttpUtil.setContentLength(response, body.length);
        HttpUtil.setKeepAlive(response, false);
        return response;
    }
}
