// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.RunningGateway;
import io.intramuros.gateway.UpOptions;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole gateway on free ports, without a node of its own, and a client of its admin plane. */
public final class AdminServer implements AutoCloseable {
    static final String ANAS_TOKEN = "ima_" + "a".repeat(40);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String RESOURCES = """
            apiVersion: intramuros.io/v1
            kind: Node
            metadata: { name: gpu-1 }
            spec: { type: openai, url: "http://127.0.0.1:9", zone: dc-madrid }
            ---
            apiVersion: intramuros.io/v1
            kind: Model
            metadata: { name: llama }
            spec:
              replicas: [ { node: gpu-1, as: meta/Llama } ]
              context: 8192
              aliases: [gpt-4o-mini]
              cost: { inputPerMillion: 0.20, outputPerMillion: 0.60, currency: EUR }
            ---
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: cards }
            spec:
              appliesTo: { teams: [payments] }
              request: { CREDIT_CARD: block, EMAIL: mask }
            """;

    private final Path data;
    private final RunningGateway gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private AdminServer(Path data, RunningGateway gateway) {
        this.data = data;
        this.gateway = gateway;
    }

    public static AdminServer start(Path folder) {
        try {
            Path config = Files.createDirectories(folder.resolve("config"));
            Files.writeString(config.resolve("resources.yaml"), RESOURCES);
            Map<Setting, String> settings = new EnumMap<>(Setting.class);
            settings.put(Setting.PORT, "0");
            settings.put(Setting.ADMIN_PORT, "0");
            settings.put(Setting.NODE_EMBEDDED, "false");
            settings.put(Setting.DRAIN, "PT1S");
            settings.put(Setting.AUDIT_HIGH_RISK, "clinic, ward");
            settings.put(Setting.ADMIN_TOKENS, "ana=file:" + Files.writeString(folder.resolve("ana"), ANAS_TOKEN));
            Path data = folder.resolve("data");
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            return new AdminServer(data, RunningGateway.start(new UpOptions(data, config, true, settings), nowhere));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer, read to its end. */
    public record Answer(int status, String body, String requestId) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String code() {
            return json().path("error").path("code").asString("");
        }

        public String message() {
            return json().path("error").path("message").asString("");
        }
    }

    public Path data() {
        return data;
    }

    public String url() {
        return "http://127.0.0.1:" + gateway.adminPort();
    }

    public String token() {
        return gateway.adminToken();
    }

    public String firstKey() {
        return Objects.requireNonNull(gateway.firstKey());
    }

    Answer get(String path) {
        return call("GET", path, "");
    }

    Answer post(String path, String body) {
        return call("POST", path, body);
    }

    Answer call(String method, String path, String body) {
        return send(gateway.adminPort(), method, path, body, "Bearer " + token());
    }

    Answer postAs(String token, String path, String body) {
        return send(gateway.adminPort(), "POST", path, body, "Bearer " + token);
    }

    Answer asWith(String authorization, String path) {
        return send(gateway.adminPort(), "GET", path, "", authorization);
    }

    Answer onDataPort(String authorization, String path) {
        return send(gateway.port(), "GET", path, "", authorization);
    }

    private Answer send(int port, String method, String path, String body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) request.header("content-type", "application/json");
        if (!authorization.isEmpty()) request.header("authorization", authorization);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("x-request-id").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        gateway.close();
    }
}
