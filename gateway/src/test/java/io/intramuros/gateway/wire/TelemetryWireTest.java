// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a collector of traces and a reader of JSON log lines get, and what they must not. */
class TelemetryWireTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String TEXT = "kanarienvogel7319";
    private static final String EMAIL = "kestrel.4471@birds.example";
    private static final String CHAT = "{\"model\":\"gpt-4o-mini\",\"stream\":%s,\"user\":\"" + TEXT
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + TEXT + " for " + EMAIL + "\"}]}";

    @TempDir
    static Path folder;

    private static final ByteArrayOutputStream CONSOLE = new ByteArrayOutputStream();

    private static RecordingUpstream node;
    private static Collector collector;
    private static LiveGateway gateway;
    private static PrintStream terminal;

    @BeforeAll
    static void start() throws IOException {
        terminal = System.out;
        System.setOut(new PrintStream(CONSOLE, true, StandardCharsets.UTF_8));
        node = new RecordingUpstream(new Parrot());
        collector = new Collector();
        gateway = LiveGateway.start(
                folder,
                List.of(node.url()),
                "",
                Map.of(Setting.TELEMETRY_OTLP, collector.url(), Setting.LOG_FORMAT, "json"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        collector.close();
        node.close();
        System.setOut(terminal);
    }

    @BeforeEach
    void forget() {
        node.forget();
        node.script(new Parrot());
        CONSOLE.reset();
    }

    private static LiveGateway.Answer ask(String path, String body, String traceparent) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url(path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!traceparent.isEmpty()) request.header("traceparent", traceparent).header("tracestate", "vendor=" + TEXT);
        return gateway.send(request.build());
    }

    @Test
    void chat_streamedWithTheCallersTrace_isASpanOfItWithTheConventionsAttributes() throws Exception {
        LiveGateway.Answer answer =
                ask("/v1/chat/completions", CHAT.formatted(true), "00-" + TRACE + "-" + PARENT + "-01");

        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        Collector.SpanSeen span = collector.next();
        assertThat(span.service()).isEqualTo("intramuros");
        assertThat(span.trace()).isEqualTo(TRACE);
        assertThat(span.parent()).isEqualTo(PARENT);
        assertThat(span.name()).isEqualTo("chat m");
        assertThat(span.kind()).isEqualTo(2); // SERVER
        assertThat(span.status()).isZero();
        assertThat(span.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.request.model", "m")
                .containsEntry("gen_ai.usage.input_tokens", "7")
                .containsEntry("gen_ai.usage.output_tokens", "5")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("intramuros.node", "node-0")
                .containsEntry("intramuros.team", "default")
                .containsEntry("intramuros.request.id", answer.headers().get("x-request-id"))
                .doesNotContainKey("error.type");
        assertThat(node.requests().getFirst().headers())
                .containsEntry("traceparent", "00-" + TRACE + "-" + span.span() + "-01")
                .doesNotContainKey("tracestate");
    }

    @Test
    void embeddings_withoutATrace_beginOne() throws Exception {
        ask("/v1/embeddings", "{\"model\":\"m\",\"input\":\"" + TEXT + "\"}", "");

        Collector.SpanSeen span = collector.next();
        assertThat(span.trace()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(span.parent()).isEmpty();
        assertThat(span.name()).isEqualTo("embeddings m");
        assertThat(node.requests().getFirst().headers().get("traceparent"))
                .matches("00-" + span.trace() + "-" + span.span() + "-0[13]"); // sampled, and its id random or not said
    }

    @Test
    void chat_refused_isASpanWithItsReasonAndNoWordOfTheCaller() throws Exception {
        ask("/v1/chat/completions", CHAT.formatted(false).replace("gpt-4o-mini", TEXT), "00-" + TEXT);

        Collector.SpanSeen span = collector.next();
        assertThat(span.parent()).isEmpty();
        assertThat(span.attributes())
                .containsEntry("error.type", "model_not_found")
                .containsEntry("http.response.status_code", "404")
                .doesNotContainKey("gen_ai.request.model");
    }

    @Test
    void chat_failed_isAnErrorAndItsLogLineIsJsonWithTheRequestsId() throws Exception {
        node.script((_, reply) -> reply.json(500, "{\"error\":\"crash at " + TEXT + "\"}"));

        LiveGateway.Answer answer = ask("/v1/chat/completions", CHAT.formatted(false), "");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(collector.next().status()).isEqualTo(2);
        List<JsonNode> lines = CONSOLE.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> LiveGateway.JSON.readTree(line))
                .toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("@timestamp").asString()).startsWith("20");
            assertThat(line.path("log").path("level").asString()).isIn("WARN", "ERROR");
            assertThat(line.path("message").asString()).isNotEmpty();
        });
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.toString())
                        .contains("\"" + answer.headers().get("x-request-id") + "\""));
    }

    @Test
    void chat_notSampledByTheCaller_isNotExported() throws Exception {
        ask("/v1/chat/completions", CHAT.formatted(false), "00-" + TRACE + "-" + PARENT + "-00");
        ask("/v1/embeddings", "{\"model\":\"m\",\"input\":\"x\"}", "");

        assertThat(collector.next().name()).isEqualTo("embeddings m");
        assertThat(collector.isEmpty()).isTrue();
        assertThat(node.requests().getFirst().headers().get("traceparent"))
                .startsWith("00-" + TRACE + "-")
                .endsWith("-00");
    }

    @Test
    void everythingExportedAndLogged_holdsNoTextOfCallers() throws Exception {
        ask("/v1/chat/completions", CHAT.formatted(false), "");
        ask("/v1/chat/completions", CHAT.formatted(false).replace("]}", ""), "00-" + TEXT);
        collector.next();
        collector.next();

        String secret = gateway.key().substring(gateway.key().lastIndexOf('_') + 1);
        for (String mark : List.of(TEXT, EMAIL, "kestrel", secret)) {
            assertThat(collector.bodies())
                    .allSatisfy(body -> assertThat(new String(body, StandardCharsets.ISO_8859_1))
                            .doesNotContain(mark));
            assertThat(CONSOLE.toString(StandardCharsets.UTF_8)).doesNotContain(mark);
        }
    }
}
