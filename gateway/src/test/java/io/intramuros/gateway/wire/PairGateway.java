// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A gateway with a node of every kind, all of which are one recording server: {@code m-openai} is served by the first. */
final class PairGateway implements AutoCloseable {
    private final RecordingUpstream upstream;
    private final LiveGateway gateway;

    private PairGateway(RecordingUpstream upstream, LiveGateway gateway) {
        this.upstream = upstream;
        this.gateway = gateway;
    }

    static PairGateway start(Path folder) {
        RecordingUpstream upstream = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        StringBuilder resources = new StringBuilder();
        for (String type : List.of("openai", "onnx", "ollama")) resources.append("""
                    apiVersion: intramuros.io/v1
                    kind: Node
                    metadata: { name: node-%1$s }
                    spec: { type: %1$s, url: "%2$s" }
                    ---
                    apiVersion: intramuros.io/v1
                    kind: Model
                    metadata: { name: m-%1$s }
                    spec:
                      replicas: [ { node: node-%1$s, as: upstream-model } ]
                      context: 8192
                      maxOutputTokens: 1000
                      capabilities: [chat, completion, tools, embedding, insert, rerank]
                    ---
                    """.formatted(type, upstream.url()));
        try {
            LiveGateway gateway = LiveGateway.start(
                    Files.createDirectories(folder),
                    List.of(upstream.url()),
                    resources.toString(),
                    Map.of(Setting.NODE_JUDGED, "1000", Setting.ATTEMPTS, "1000"));
            return new PairGateway(upstream, gateway);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    RecordingUpstream upstream() {
        return upstream;
    }

    LiveGateway gateway() {
        return gateway;
    }

    /** What the node was sent last. */
    JsonNode seen() {
        return LiveGateway.JSON.readTree(upstream.requests().getLast().body());
    }

    /** Where. */
    String seenAt() {
        return upstream.requests().getLast().line().split(" ", -1)[1];
    }

    LiveGateway.Answer post(String path, String body) {
        return gateway.post(path, body, gateway.key());
    }

    /**
     * A key of a new team that has one request in a time.
     *
     * @param per the time, as ISO 8601 writes durations
     */
    String narrowKey(String name, String per) {
        String team = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"" + team + "\",\"name\":\"t\"}");
        gateway.admin(
                "PUT",
                "/admin/v1/quotas",
                "{\"scope\":\"team:" + team + "\",\"limits\":[{\"unit\":\"requests\",\"amount\":1,\"per\":\"" + per
                        + "\",\"burst\":1}]}");
        return gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"" + team + "\",\"project\":\"default\",\"name\":\"k\"}")
                .json()
                .path("key")
                .asString();
    }

    /** The node answers every call with this. */
    void answers(String json) {
        upstream.script((_, reply) -> reply.json(200, json));
    }

    /** The node answers every call with this stream. */
    void streams(String bytes) {
        upstream.script((_, reply) -> {
            reply.streamHead();
            reply.pieces(bytes, 37);
            reply.end();
        });
    }

    @Override
    public void close() {
        gateway.close();
        try {
            upstream.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
