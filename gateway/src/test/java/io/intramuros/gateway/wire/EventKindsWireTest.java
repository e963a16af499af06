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
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of event leaves its record, with what it must say. The first of two nodes is down. */
class EventKindsWireTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String POLICY = """
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: no-cards }
            spec: { request: { CREDIT_CARD: block } }
            ---
            """;

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;
    private static Recorded log;

    @BeforeAll
    static void start() throws IOException {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        gateway = LiveGateway.start(
                folder,
                List.of("http://127.0.0.1:" + closed, node.url()),
                POLICY,
                Map.of(Setting.NODE_JUDGED, "100000"));
        log = new Recorded(gateway.data());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @BeforeEach
    void wellBehaved() {
        node.forget();
        node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"hello\"", "", 7, 3)));
    }

    private static String idOf(LiveGateway.Answer answer) {
        return answer.headers().get("x-request-id");
    }

    private static String say(String text) {
        return "{\"model\":\"gpt-4o-mini\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}]}";
    }

    @Test
    void request_answeredByTheSecondNode_hasAdmittedRetriedAndCompletedWithAllFields() {
        gateway.admin(
                "PUT",
                "/admin/v1/quotas",
                "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"requests\",\"amount\":5000,\"per\":\"day\"}]}");

        LiveGateway.Answer answer = gateway.send(HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .POST(HttpRequest.BodyPublishers.ofString(say("write to ana@example.com")))
                .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        AuditEntry admitted = log.of(idOf(answer), "request.admitted");
        AuditEntry retried = log.of(idOf(answer), "request.retried");
        AuditEntry completed = log.of(idOf(answer), "request.completed");
        assertThat(admitted.text("trace")).isEqualTo(TRACE);
        assertThat(admitted.text("auth")).isEqualTo("key");
        assertThat(admitted.text("route")).isEqualTo("/v1/chat/completions");
        assertThat(admitted.text("node")).isEqualTo("node-0");
        assertThat(admitted.text("model.asked")).isEqualTo("gpt-4o-mini");
        assertThat(admitted.text("model.served")).isEqualTo("m");
        assertThat(admitted.text("policy")).matches("p-[0-9a-f]{12}");
        assertThat(admitted.text("decision.verdict")).isEqualTo("allow");
        assertThat(admitted.text("decision.policies")).contains("no-cards");
        assertThat(admitted.number("pii.EMAIL.pseudonymize")).isEqualTo(1);
        assertThat(admitted.text("scanned")).isEqualTo("user=1");
        assertThat(admitted.text("masked")).isEqualTo("user=1");
        assertThat(admitted.number("quota.reserved.out")).isEqualTo(20);
        assertThat(admitted.number("quota.reserved.in")).isPositive();
        assertThat(admitted.text("quota.left")).matches("team:default/requests=\\d+/5000");
        assertThat(admitted.text("timing.admitted")).matches("\\d+");
        assertThat(admitted.text("timing.search")).matches("\\d+");
        assertThat(admitted.text("timing.firstByte")).isEmpty();
        assertThat(retried.text("node")).isEqualTo("node-1");
        assertThat(retried.text("because")).isNotEmpty();
        assertThat(completed.text("node")).isEqualTo("node-1");
        assertThat(completed.text("outcome")).isEqualTo("ok");
        assertThat(completed.number("tokens.in")).isEqualTo(7);
        assertThat(completed.number("tokens.out")).isEqualTo(3);
        assertThat(completed.number("timing.firstByte"))
                .isBetween(completed.number("timing.admitted"), completed.number("ms"));
        assertThat(completed.text("trace")).isEqualTo(TRACE);
        assertThat(List.of(admitted, retried, completed)).allSatisfy(record -> {
            assertThat(record.json().getBytes(StandardCharsets.UTF_8).length).isLessThan(4_096);
            assertThat(record.json()).doesNotContain("ana@example.com", "write to", gateway.key());
        });
    }

    @Test
    void request_aPolicyForbids_isDeniedAndSaysByWhich() {
        LiveGateway.Answer answer = gateway.chat(say("pay with 4111 1111 1111 1111"));

        assertThat(answer.status()).isEqualTo(403);
        AuditEntry denied = log.of(idOf(answer), "request.denied");
        assertThat(denied.text("outcome")).isEqualTo("policy_blocked");
        assertThat(denied.number("pii.CREDIT_CARD.block")).isEqualTo(1);
        assertThat(denied.text("decision.policies")).contains("no-cards");
        assertThat(denied.text("quota.reserved.out")).isEqualTo("20");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void request_nodeBreaks_isFailed() {
        node.script((_, reply) -> reply.reset());

        LiveGateway.Answer answer = gateway.chat(say("hello"));

        assertThat(answer.status()).isEqualTo(502);
        AuditEntry failed = log.of(idOf(answer), "request.failed");
        assertThat(failed.text("outcome")).isEqualTo("node_failed");
        assertThat(failed.number("http")).isEqualTo(502);
    }

    @Test
    void request_callerLeaves_isCancelled() throws Exception {
        node.script((_, reply) -> {
            reply.streamHead();
            while (true) reply.chunk(RecordingUpstream.delta("{\"content\":\"one two three. \"}", "null"));
        });
        String body = say("hello").replace("{\"model\"", "{\"stream\":true,\"model\"");
        try (Socket caller = new Socket()) {
            caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            caller.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "Authorization: Bearer " + gateway.key() + "\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(caller.getInputStream().readNBytes(100)).hasSize(100);
        }

        AuditEntry cancelled = log.await(entry -> entry.type().equals("request.cancelled"), PATIENCE);
        assertThat(cancelled.text("outcome")).isEqualTo("client_gone");
        assertThat(cancelled.number("http")).isEqualTo(499);
    }

    @Test
    void credentials_manyWrong_areJoinedWithTheirPlane() {
        for (int i = 0; i < 40; i++)
            assertThat(gateway.post("/v1/chat/completions", say("hello"), "imk_wrong" + i)
                            .status())
                    .isEqualTo(401);
        assertThat(gateway.send(HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + gateway.adminPort() + "/admin/v1/teams"))
                                .header("authorization", "Bearer wrong")
                                .build())
                        .status())
                .isEqualTo(401);

        log.await(entry -> entry.text("plane").equals("admin"), PATIENCE);
        log.await(_ -> sum("data") >= 40, PATIENCE);
        List<AuditEntry> failures = log.all().stream()
                .filter(entry -> entry.type().equals("auth.failed"))
                .toList();
        assertThat(sum("data")).isEqualTo(40);
        assertThat(failures).hasSizeLessThan(20).allSatisfy(failure -> {
            assertThat(failure.number("http")).isEqualTo(401);
            assertThat(failure.json()).doesNotContain("wrong");
        });
        assertThat(failures)
                .extracting(failure -> failure.text("outcome"))
                .contains("invalid_api_key", "invalid_admin_token");
    }

    private static long sum(String plane) {
        return log.all().stream()
                .filter(entry -> entry.type().equals("auth.failed")
                        && entry.text("plane").equals(plane))
                .mapToLong(entry -> entry.number("count"))
                .sum();
    }

    @Test
    void administrators_whatTheyChangeAndSee_isRecorded() {
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"events\"}");
        gateway.admin("POST", "/admin/v1/teams/events/projects", "{\"id\":\"app\"}");
        String made = gateway.admin("POST", "/admin/v1/keys", "{\"team\":\"events\",\"models\":[\"m\"]}")
                .json()
                .path("id")
                .asString();
        gateway.admin("POST", "/admin/v1/keys/" + made + "/rotate", "");
        gateway.admin("DELETE", "/admin/v1/keys/" + made, "");
        String quota = "{\"scope\":\"team:events\",\"limits\":[{\"unit\":\"tokens\",\"amount\":%d,\"per\":\"day\"}]}";
        gateway.admin("PUT", "/admin/v1/quotas", quota.formatted(1_000));
        gateway.admin("PUT", "/admin/v1/quotas", quota.formatted(2_000));
        gateway.admin("GET", "/admin/v1/keys/" + made, "");
        gateway.admin("GET", "/admin/v1/audit/checkpoint", "");
        gateway.admin("GET", "/admin/v1/audit/export?format=csv&team=events", "");
        gateway.admin("GET", "/admin/v1/audit/proof?index=0", "");
        gateway.admin("POST", "/admin/v1/audit/verify", "");

        assertThat(types())
                .contains(
                        "team.created",
                        "project.created",
                        "key.created",
                        "key.rotated",
                        "key.revoked",
                        "audit.exported",
                        "audit.proved",
                        "audit.verified");
        AuditEntry changed = log.all().stream()
                .filter(entry -> entry.type().equals("quota.changed")
                        && entry.text("scope").equals("team:events"))
                .reduce((_, last) -> last)
                .orElseThrow();
        assertThat(changed.text("before")).contains("1000");
        assertThat(changed.text("after")).contains("2000");
        assertThat(changed.text("actor")).isEqualTo("admin");
        assertThat(log.all().stream()
                        .filter(entry -> entry.type().equals("admin.accessed"))
                        .map(entry -> entry.text("actor") + " " + entry.text("path")))
                .contains("admin /admin/v1/keys/{id}", "admin /admin/v1/audit/checkpoint")
                .noneMatch(path -> path.contains(made) || path.contains("/export"));
    }

    @Test
    void configuration_changedAndRefused_isRecordedWithBeforeAndAfter() throws Exception {
        String before = log.all().stream()
                .filter(entry -> entry.type().equals("config.loaded"))
                .findFirst()
                .orElseThrow()
                .text("policy");
        Path more = gateway.config().resolve("more.yaml");

        Files.writeString(more, POLICY.replace("no-cards", "no-ibans").replace("CREDIT_CARD", "IBAN"));
        AuditEntry policy = log.await(entry -> entry.type().equals("policy.changed"), PATIENCE);
        Files.writeString(gateway.config().resolve("node.yaml"), """
                apiVersion: intramuros.io/v1
                kind: Node
                metadata: { name: spare }
                spec: { type: openai, url: "http://127.0.0.1:9" }
                """);
        AuditEntry config = log.await(entry -> entry.type().equals("config.changed"), PATIENCE);
        Files.writeString(more, "kind: Nonsense\n");
        AuditEntry refused = log.await(entry -> entry.type().equals("config.refused"), PATIENCE);

        assertThat(policy.text("before")).isEqualTo(before);
        assertThat(policy.text("policy")).isNotEqualTo(before);
        assertThat(policy.text("policies")).isEqualTo("+no-ibans");
        assertThat(config.text("nodes")).isEqualTo("+spare");
        assertThat(config.text("policies")).isEmpty();
        assertThat(refused.number("problems")).isZero(); // a text, since it is one of the fields of changes
        assertThat(refused.text("problems")).matches("[1-9]\\d*");
    }

    @Test
    void process_started_isRecorded() {
        List<String> first = types().subList(0, 3);

        assertThat(first.getFirst()).isEqualTo("system.start");
        assertThat(first).contains("config.loaded");
        assertThat(log.all().stream().filter(entry -> entry.type().equals("config.loaded")))
                .singleElement()
                .satisfies(entry -> assertThat(entry.text("nodes")).isEqualTo("node-0 node-1"));
    }

    private static List<String> types() {
        return log.all().stream().map(AuditEntry::type).toList();
    }
}
