// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection: hands its request to the workers and tells them when the client hangs up. One request at a time; a
 * client that sends the next before it has the answer loses the connection and, as HTTP has it, asks again.
 */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Workers workers;
    private @Nullable Call current;

    Connection(Workers workers) {
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (current != null && !current.isEnded()) {
            ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            return;
        }
        Call call = new Call(ctx.channel(), Requests.incoming(request));
        current = call;
        try {
            workers.take(call);
        } catch (RejectedExecutionException e) {
            call.refuse(ApiError.overloaded());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (current != null) {
            current.hangUp();
        }
        super.channelInactive(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (current != null) {
            current.writabilityChanged();
        }
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset by the client is the usual case; channelInactive follows and cancels the work.
        System.getLogger("node").log(System.Logger.Level.DEBUG, "connection failed", cause);
        ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
