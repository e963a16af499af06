// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.gateway.RunningGateway;
import io.intramuros.gateway.UpOptions;
import io.intramuros.gateway.config.Setting;
import io.intramuros.redaction.Detector;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway of a test: the real one, in this JVM, on free ports, with a data folder of its own and no embedded node. */
final class LiveGateway implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final RunningGateway gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LiveGateway(Path folder, RunningGateway gateway) {
        this.folder = folder;
        this.gateway = gateway;
    }

    /** Starts one with nodes of type {@code openai}, the first of which serves first. */
    static LiveGateway start(Path folder, List<String> nodeUrls) {
        return start(folder, nodeUrls, "", Map.of());
    }

    /**
     * Starts one.
     *
     * @param moreResources further YAML documents
     * @param settings beside ports and the like
     */
    static LiveGateway start(Path folder, List<String> nodeUrls, String moreResources, Map<Setting, String> settings) {
        return start(folder, nodeUrls, moreResources, settings, List.of());
    }

    /** Starts one with further detectors. */
    static LiveGateway start(
            Path folder,
            List<String> nodeUrls,
            String moreResources,
            Map<Setting, String> settings,
            List<Detector> detectors) {
        try {
            Path config = Files.createDirectories(folder.resolve("config"));
            Files.writeString(config.resolve("resources.yaml"), resources(nodeUrls) + moreResources);
            Map<Setting, String> all = new EnumMap<>(Setting.class);
            all.put(Setting.PORT, "0");
            all.put(Setting.ADMIN_PORT, "0");
            all.put(Setting.NODE_EMBEDDED, "false");
            all.put(Setting.DRAIN, "PT5S");
            all.putAll(settings);
            UpOptions options = new UpOptions(folder.resolve("data"), config, true, all);
            return new LiveGateway(
                    folder,
                    RunningGateway.start(
                            options,
                            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                            detectors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resources(List<String> nodeUrls) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < nodeUrls.size(); i++) yaml.append("""
                    apiVersion: intramuros.io/v1
                    kind: Node
                    metadata: { name: node-%d }
                    spec: { type: openai, url: "%s" }
                    ---
                    """.formatted(i, nodeUrls.get(i)));
        String replicas = java.util.stream.IntStream.range(0, nodeUrls.size())
                .mapToObj(i -> "{ node: node-" + i + ", as: upstream-model }")
                .collect(Collectors.joining(", "));
        return yaml.append("""
                apiVersion: intramuros.io/v1
                kind: Model
                metadata: { name: m }
                spec:
                  replicas: [ %s ]
                  context: 8192
                  capabilities: [chat, tools, embedding]
                  aliases: [gpt-4o-mini]
                ---
                """.formatted(replicas)).toString();
    }

    Path data() {
        return folder.resolve("data");
    }

    Path config() {
        return folder.resolve("config");
    }

    String key() {
        return java.util.Objects.requireNonNull(gateway.firstKey());
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    int adminPort() {
        return gateway.adminPort();
    }

    int port() {
        return gateway.port();
    }

    /** An answer with its body read. */
    record Answer(int status, String body, Map<String, String> headers) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String code() {
            return json().path("error").path("code").asString();
        }
    }

    Answer chat(String body) {
        return post("/v1/chat/completions", body, key());
    }

    /** A chat of one message. */
    Answer say(String text) {
        return chat("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + JSON.writeValueAsString(text)
                + "}]}");
    }

    Answer post(String path, String body, String key) {
        return send(HttpRequest.newBuilder(url(path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Answer get(String path, String key) {
        return send(HttpRequest.newBuilder(url(path))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + key)
                .build());
    }

    /** A call of the admin API; a body makes it a {@code method} with one. */
    Answer admin(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.adminToken())
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new Answer(response.statusCode(), response.body(), headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The records of the log, as the admin API shows them. */
    List<JsonNode> records() {
        return admin("GET", "/admin/v1/audit/records?limit=10000", "")
                .json()
                .path("records")
                .valueStream()
                .toList();
    }

    /** The types of the records of one request, in their order. */
    List<String> recordTypes(String id) {
        return records().stream()
                .filter(record -> record.path("id").asString("").equals(id))
                .sorted(java.util.Comparator.comparingLong(
                        record -> record.path("idx").asLong()))
                .map(record -> record.path("type").asString())
                .toList();
    }

    /** Stops the gateway while calls to it may still run, as SIGTERM does. */
    void stop() {
        gateway.close();
    }

    /** Whether a new connection to the data plane is taken. */
    boolean isListening() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
        gateway.close();
    }
}
