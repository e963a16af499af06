// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Gathers the body of a request up to the limit; a larger one is answered and its connection closed. */
final class WholeRequests extends HttpObjectAggregator {
    private final int limit;

    WholeRequests(int limit) {
        super(limit);
        this.limit = limit;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.writeAndFlush(Door.response(ApiError.tooLarge(limit))).addListener(ChannelFutureListener.CLOSE);
    }
}
