// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.audit.AuditEntry;
import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers that go away or stand still in the middle of an answer: nothing that an operator's log has to cry about. */
class LostCallerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EVENT =
            RecordingUpstream.delta("{\"content\":\"" + "word ".repeat(1_000) + "\"}", "null");

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    /** How a caller leaves. */
    enum Leaving {
        CLOSES,
        RESETS,
        STANDS_STILL
    }

    @BeforeAll
    static void start() {
        node = new RecordingUpstream(LostCallerTest::endless);
        gateway = LiveGateway.start(folder, List.of(node.url()), "", Map.of(Setting.CLIENT_STALL, "PT1S"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @BeforeEach
    void forget() {
        node.forget();
        node.script(LostCallerTest::endless);
    }

    private static void endless(RecordingUpstream.Request request, RecordingUpstream.Reply reply) throws Exception {
        reply.streamHead();
        while (true) reply.chunk(EVENT);
    }

    private static void never(RecordingUpstream.Request request, RecordingUpstream.Reply reply) throws Exception {
        reply.awaitHangUp();
        throw new SocketException("the caller left");
    }

    private static Socket asks(boolean stream) throws IOException {
        String body =
                "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        socket.getOutputStream()
                .write(("POST /v1/chat/completions?kanarienvogel HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nAuthorization: Bearer " + gateway.key()
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void leave(Socket caller, Leaving how) throws IOException {
        if (how == Leaving.STANDS_STILL) return;
        if (how == Leaving.RESETS) caller.setSoLinger(true, 0);
        caller.close();
    }

    /** What one gets who reads again: what was under way, and the end of the connection. */
    private static String restOf(Socket caller) throws IOException {
        caller.setSoTimeout((int) PATIENCE.toMillis());
        StringBuilder rest = new StringBuilder();
        byte[] piece = new byte[64 * 1024];
        try {
            for (int n = caller.getInputStream().read(piece);
                    n >= 0;
                    n = caller.getInputStream().read(piece))
                rest.append(new String(piece, 0, n, StandardCharsets.US_ASCII));
        } catch (SocketException e) {
            return rest.append(e.getMessage()).toString(); // a reset is an end too
        }
        return rest.toString();
    }

    /** The ending of the one request that the node had. */
    private static AuditEntry ending() {
        String id = node.requests().getFirst().headers().get("x-request-id");
        return new Recorded(gateway.data())
                .await(
                        entry -> entry.text("id").equals(id)
                                && !entry.text("type").equals("request.admitted"),
                        PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void stream_callerIsLost_isRecordedAndCountedAndNoLineIsLogged(Leaving how) throws Exception {
        String outcome = how == Leaving.STANDS_STILL ? "client_stalled" : "client_gone";
        try (Captured log = Captured.asSet()) {
            try (Socket caller = asks(true)) {
                assertThat(caller.getInputStream().readNBytes(1_000)).hasSize(1_000);
                leave(caller, how);

                assertThat(node.awaitHangUp(PATIENCE)).isTrue();
                AuditEntry ending = ending();
                assertThat(ending.text("type")).isEqualTo("request.cancelled");
                assertThat(ending.text("outcome")).isEqualTo(outcome);
                if (how == Leaving.STANDS_STILL) assertThat(restOf(caller)).doesNotEndWith("\r\n0\r\n\r\n");
            }
            node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 1, 1)));
            assertThat(gateway.say("next").status()).isEqualTo(200);
            assertThat(log.text()).isEmpty();
        }
        assertThat(gateway.admin("GET", "/metrics", "").body().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("gen_ai_server_request_duration_seconds_count")
                        .contains("outcome=\"" + outcome + "\"")
                        .doesNotEndWith(" 0"));
    }

    @Test
    void whole_callerResetsWhileTheNodeWorks_isRecordedAndNoLineIsLogged() throws Exception {
        node.script(LostCallerTest::never);
        try (Captured log = Captured.asSet()) {
            Socket caller = asks(false);
            while (node.requests().isEmpty()) LockSupport.parkNanos(1_000_000);
            leave(caller, Leaving.RESETS);

            assertThat(node.awaitHangUp(PATIENCE)).isTrue();
            assertThat(ending().text("outcome")).isEqualTo("client_gone");
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void request_callerResetsInItsBody_leavesNoLine() throws Exception {
        try (Captured log = Captured.asSet()) {
            try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                caller.setSoLinger(true, 0);
                caller.getOutputStream()
                        .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Content-Type: application/json\r\nAuthorization: Bearer " + gateway.key()
                                        + "\r\nContent-Length: 1000\r\n\r\n{\"model\"")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 1, 1)));

            assertThat(gateway.say("next").status()).isEqualTo(200);
            assertThat(log.text()).isEmpty();
        }
    }
}
