// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request and the way to answer it, blocking. A write waits until the connection can take it, so that a slow
 * reader holds back its own answer and no memory; one that reads nothing for {@link #STALL} counts as gone.
 * Thread-safe.
 */
final class Call {
    /** How long a client may leave an answer unread. */
    static final Duration STALL = Duration.ofSeconds(60);

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Channel channel;
    private final Incoming request;
    private final List<Runnable> atHangUp = new ArrayList<>();
    private boolean gone;
    private Phase phase = Phase.OPEN;

    /**
     * A request as it came in.
     *
     * @param method the HTTP method
     * @param path the path, without query
     * @param body the whole body, which must not be changed
     * @param id the request's id, for the answer's header and the log
     * @param sender who asks
     * @param keepAlive whether the connection goes on afterwards
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and a copy of every body would be waste
    record Incoming(String method, String path, byte[] body, String id, Sender sender, boolean keepAlive) {
        String tenant() {
            return sender.tenant;
        }

        boolean background() {
            return sender.background;
        }
    }

    /**
     * Who asks, as the gateway says.
     *
     * @param tenant whose request it is; empty where nobody says
     * @param background whether nobody sits and waits for the answer
     */
    record Sender(String tenant, boolean background) {}

    private enum Phase {
        OPEN,
        STREAMING,
        ENDED
    }

    Call(Channel channel, Incoming request) {
        this.channel = channel;
        this.request = request;
    }

    Incoming request() {
        return request;
    }

    /** Runs the action when nobody waits for the answer any more, at once where that is so already. */
    void onHangUp(Runnable action) {
        synchronized (this) {
            if (!gone) {
                atHangUp.add(action);
                return;
            }
        }
        action.run();
    }

    /** Tells this call that nobody waits for its answer, or that it must end. */
    void hangUp() {
        List<Runnable> actions;
        synchronized (this) {
            gone = true;
            actions = List.copyOf(atHangUp);
            atHangUp.clear();
            notifyAll();
        }
        actions.forEach(Runnable::run);
    }

    /** Tells a waiting write to look again. */
    synchronized void writabilityChanged() {
        notifyAll();
    }

    /** Whether nobody waits for the answer any more. */
    synchronized boolean isGone() {
        return gone;
    }

    synchronized boolean isStreaming() {
        return phase == Phase.STREAMING;
    }

    synchronized boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /** Answers with one JSON document. */
    void json(int status, ObjectNode body) {
        whole(status, "application/json", Json.bytes(body));
    }

    /** Answers with a refusal. */
    void refuse(ApiError error) {
        Map<String, String> headers = error.retryAfter()
                .map(after -> Map.of(HttpHeaderNames.RETRY_AFTER.toString(), Long.toString(after.toSeconds())))
                .orElse(Map.of());
        whole(error.status(), "application/json", Json.bytes(Json.error(error)), headers);
    }

    /** Answers with one text. */
    void whole(int status, String contentType, byte[] body) {
        whole(status, contentType, body, Map.of());
    }

    private void whole(int status, String contentType, byte[] body, Map<String, String> more) {
        end();
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        headers(response, contentType);
        HttpUtil.setContentLength(response, body.length);
        more.forEach(response.headers()::set);
        last(channel.writeAndFlush(response));
    }

    /** Begins an answer of server-sent events. */
    synchronized void beginEvents() {
        phase = Phase.STREAMING;
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        headers(response, "text/event-stream; charset=utf-8");
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-cache").set("x-accel-buffering", "no");
        HttpUtil.setTransferEncodingChunked(response, true);
        send(response);
    }

    /** Sends one event, as soon as the connection can take it. */
    void event(ObjectNode event) throws HungUpException, InterruptedException {
        awaitWritable();
        byte[] json = Json.bytes(event);
        var frame = Unpooled.buffer(json.length + 8);
        frame.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII)).writeBytes(json);
        frame.writeByte('\n').writeByte('\n');
        send(new DefaultHttpContent(frame));
    }

    /** Ends the events in the protocol's way. */
    void endEvents() {
        end();
        send(new DefaultHttpContent(Unpooled.wrappedBuffer(DONE)));
        last(channel.writeAndFlush(new DefaultLastHttpContent()));
    }

    /** Closes the connection without another word: what was sent so far is not to be taken for the whole. */
    void abort() {
        end();
        close();
    }

    private synchronized void end() {
        phase = Phase.ENDED;
    }

    /** A write that fails closes the connection, which every later write then sees. */
    private void send(HttpObject part) {
        channel.writeAndFlush(part).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void close() {
        channel.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void last(ChannelFuture written) {
        if (!request.keepAlive()) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void headers(HttpResponse response, String contentType) {
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType).set("x-request-id", request.id());
        HttpUtil.setKeepAlive(response, request.keepAlive());
    }

    private synchronized void awaitWritable() throws HungUpException, InterruptedException {
        long deadline = System.nanoTime() + STALL.toNanos();
        while (channel.isActive() && !channel.isWritable()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                close();
                throw new HungUpException("answer: unread for " + STALL);
            }
            wait(Math.max(1, left / 1_000_000));
        }
        if (!channel.isActive()) {
            throw new HungUpException("connection: closed by the client");
        }
    }
}
