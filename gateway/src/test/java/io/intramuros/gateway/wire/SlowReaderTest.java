// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that ask for a long stream and read none of it. */
class SlowReaderTest {
    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final Duration STALL = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENT_CHARS = 8 * 1024;
    private static final long STREAM_BYTES = 256L * 1024 * 1024;

    /** Kernel buffers of two connections and what is under way between: far less than the stream. */
    private static final long BOUND_BYTES = 16L * 1024 * 1024;

    /** As many as open a circuit breaker, were they the node's fault. */
    private static final int CALLERS = 6;

    @TempDir
    static Path folder;

    private static final AtomicLong WRITTEN = new AtomicLong();

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream(SlowReaderTest::endless);
        gateway = LiveGateway.start(folder, List.of(node.url()), "", Map.of(Setting.CLIENT_STALL, STALL.toString()));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @BeforeEach
    void forget() {
        node.forget();
        WRITTEN.set(0);
        node.script(SlowReaderTest::endless);
    }

    /** Writes as fast as it is read, and ends only where nobody hangs up. */
    private static void endless(RecordingUpstream.Request request, RecordingUpstream.Reply reply) throws IOException {
        String event = RecordingUpstream.delta("{\"content\":\"" + "word ".repeat(EVENT_CHARS / 5) + "\"}", "null");
        reply.streamHead();
        for (long sent = 0; sent < STREAM_BYTES; sent += event.length()) {
            reply.chunk(event);
            WRITTEN.addAndGet(event.length());
        }
        reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
        reply.chunk(RecordingUpstream.usageAndDone(1, 1));
        reply.end();
    }

    /** A caller with a small window that has asked and reads nothing. */
    private static Socket asks() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Authorization: Bearer " + gateway.key() + "\r\nContent-Length: " + STREAM.length()
                                + "\r\n\r\n" + STREAM)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void stream_neverRead_isCancelledWithinBoundsAndTheNodeIsNotBlamed() throws Exception {
        Socket[] callers = new Socket[CALLERS];
        for (int i = 0; i < CALLERS; i++) callers[i] = asks();
        try {
            for (int i = 0; i < CALLERS; i++)
                assertThat(node.awaitHangUp(PATIENCE)).isTrue();
            Recorded recorded = new Recorded(gateway.data());
            for (RecordingUpstream.Request request : node.requests()) {
                String id = request.headers().get("x-request-id");
                var ending = recorded.await(
                        entry -> entry.text("id").equals(id)
                                && !entry.text("type").equals("request.admitted"),
                        PATIENCE);
                assertThat(ending.text("type")).isEqualTo("request.cancelled");
                assertThat(ending.text("outcome")).isEqualTo("client_stalled");
            }
            assertThat(node.requests()).hasSize(CALLERS);
            // What the gateway took in is no more than this, so it holds no more.
            assertThat(WRITTEN.get()).isBetween(1L, CALLERS * BOUND_BYTES);
        } finally {
            for (Socket caller : callers) caller.close();
        }

        node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"still here\"", "", 1, 1)));
        assertThat(gateway.say("hello").status()).isEqualTo(200);
    }

    @Test
    void stream_readAgainAfterTheStall_endsWithoutAnEndAndTheConnectionCloses() throws Exception {
        try (Socket caller = asks()) {
            assertThat(node.awaitHangUp(PATIENCE)).isTrue();

            caller.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(tail(caller.getInputStream())).doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
        }
    }

    /** The last of what comes until the connection ends, in whatever way it does. */
    private static String tail(InputStream in) throws IOException {
        byte[] last = new byte[64 * 1024];
        String tail = "";
        try {
            for (int n = in.read(last); n >= 0; n = in.read(last))
                tail = new String(last, 0, n, StandardCharsets.ISO_8859_1);
        } catch (SocketException _) {
            return tail; // a reset is an end too
        }
        return tail;
    }
}
