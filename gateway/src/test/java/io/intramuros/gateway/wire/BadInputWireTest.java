// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong in some way: each has its error in the dialect, a record that says why, and no node hears of it. */
class BadInputWireTest {
    private static final String HELLO = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final int DEEPEST = 64;

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(folder, List.of(node.url()), "", Map.of(Setting.BODY_BYTES, "65536"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @BeforeEach
    void wellBehaved() {
        node.forget();
        node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 7, 3)));
    }

    private static void refused(LiveGateway.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("error").path("message").asString()).isNotBlank();
        assertThat(answer.headers().get("x-request-id")).hasSize(36);
        assertThat(node.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "temperature":1e999             | invalid_json
            "temperature":NaN               | invalid_json
            "temperature":01                | invalid_json
            "temperature":1,"temperature":2 | invalid_json
            "x":{"y":1,"y":2}               | invalid_json
            "x":"\\ud800"                   | invalid_json
            'x':1                           | invalid_json
            "x":1,                          | invalid_json
            "stream":"yes"                  | invalid_request
            "max_tokens":"many"             | invalid_request
            "max_tokens":-1                 | invalid_request
            "messages":"hello"              | invalid_json
            "n":0                           | invalid_request
            """)
    void chat_withAFaultyField_is400AndRecorded(String field, String code) {
        LiveGateway.Answer answer = gateway.chat(HELLO.replace("}]}", "}]," + field.strip() + "}"));

        refused(answer, 400, code);
        assertThat(gateway.recordTypes(answer.headers().get("x-request-id"))).containsExactly("request.denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"text\"",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"model\":\"m\",\"messages\":\"x\"}",
                "{\"model\":\"m\",\"messages\":[\"x\"]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":7,\"content\":\"x\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} {}",
            })
    void chat_ofWrongTypes_is400(String body) {
        LiveGateway.Answer answer = gateway.chat(body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isIn("invalid_json", "invalid_request");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void chat_nestedDeeperThan64_is400AndAtTheLimitItIsNot() {
        refused(gateway.chat(nested(DEEPEST)), 400, "invalid_json");

        assertThat(gateway.chat(nested(DEEPEST - 8)).status()).isEqualTo(200);
    }

    private static String nested(int depth) {
        return HELLO.replace("}]}", "}],\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
    }

    @Test
    void chat_bytesThatAreNoUtf8_is400() {
        byte[] body = HELLO.replace("hello", "h\u00e9llo").getBytes(StandardCharsets.ISO_8859_1);

        refused(send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofByteArray(body))), 400, "invalid_json");
    }

    @Test
    void chat_compressed_is415() throws IOException {
        ByteArrayOutputStream squeezed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(squeezed)) {
            gzip.write(HELLO.getBytes(StandardCharsets.UTF_8));
        }

        LiveGateway.Answer answer = send(HttpRequest.newBuilder()
                .header("content-encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(squeezed.toByteArray())));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(node.requests()).isEmpty();
    }

    private static LiveGateway.Answer send(HttpRequest.Builder request) {
        return gateway.send(request.uri(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .build());
    }

    @Test
    void chat_twoCredentials_is401() {
        HttpRequest request = HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .header("x-api-key", gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                .build();

        refused(gateway.send(request), 401, "invalid_api_key");
    }

    @Test
    void chat_modelThatTheKeyMayNotUse_is403AndOneThatIsNotIs404() {
        String narrow = gateway.admin(
                        "POST",
                        "/admin/v1/keys",
                        "{\"team\":\"default\",\"project\":\"default\",\"name\":\"narrow\",\"models\":[\"other*\"]}")
                .json()
                .path("key")
                .asString();

        refused(gateway.post("/v1/chat/completions", HELLO, narrow), 403, "model_not_allowed");
        refused(gateway.chat(HELLO.replace("\"m\"", "\"n\"")), 404, "model_not_found");
    }

    @Test
    void chat_keyRevoked_is401() {
        var made = gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"default\",\"project\":\"default\",\"name\":\"gone\"}")
                .json();
        String key = made.path("key").asString();
        assertThat(gateway.post("/v1/chat/completions", HELLO, key).status()).isEqualTo(200);
        node.forget();
        gateway.admin("DELETE", "/admin/v1/keys/" + made.path("id").asString(), "");

        refused(gateway.post("/v1/chat/completions", HELLO, key), 401, "invalid_api_key");
    }
}
