// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

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
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Turns requests without the node's token away by their headers, before a byte of their body is kept. */
final class Door extends ChannelInboundHandlerAdapter {
    private final Optional<byte[]> expected;
    private boolean shut;

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
        super.channelRead(ctx, message);
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
