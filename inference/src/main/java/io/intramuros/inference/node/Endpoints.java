// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of the node, and what answers them. */
final class Endpoints {
    private static final String MODELS = "/v1/models";
    private static final Set<String> POSTS = Set.of("/v1/chat/completions", "/v1/completions", "/v1/embeddings");
    private static final Set<String> GETS = Set.of(MODELS, "/health", "/metrics");

    private final ServedModels models;
    private final TextEndpoint texts;
    private final EmbeddingEndpoint embeddings;
    private final long started;
    private volatile boolean draining;

    Endpoints(ServedModels models, InstantSource clock) {
        this.models = models;
        this.texts = new TextEndpoint(models, clock);
        this.embeddings = new EmbeddingEndpoint(models);
        this.started = clock.instant().getEpochSecond();
    }

    /** From now on health says that this node is going down. */
    void drain() {
        draining = true;
    }

    /** Answers a call, or throws why not. */
    void serve(Call call) throws RefusedException, IOException, InterruptedException {
        switch (call.request().method() + " " + call.request().path()) {
            case "POST /v1/chat/completions" ->
                texts.serve(call, AskReader.chat(Json.read(call.request().body())), new ChatForm());
            case "POST /v1/completions" ->
                texts.serve(call, AskReader.completion(Json.read(call.request().body())), new CompletionForm());
            case "POST /v1/embeddings" ->
                embeddings.serve(call, Json.read(call.request().body()));
            case "GET /v1/models" -> call.json(200, list());
            case "GET /health" -> health(call);
            case "GET /metrics" -> metrics(call);
            default -> other(call);
        }
    }

    private void other(Call call) throws RefusedException {
        String path = call.request().path();
        if (call.request().method().equals("GET") && path.startsWith(MODELS + "/")) {
            String id = path.substring(MODELS.length() + 1);
            call.json(
                    200,
                    entries().stream()
                            .filter(entry -> entry.path("id").stringValue().equals(id))
                            .findFirst()
                            .orElseThrow(() -> new RefusedException(ApiError.noModel())));
            return;
        }
        throw new RefusedException(ApiError.noPath(POSTS.contains(path) || GETS.contains(path)));
    }

    private void health(Call call) throws RefusedException {
        if (draining) {
            throw new RefusedException(ApiError.draining());
        }
        call.json(200, Json.object().put("status", "ok"));
    }

    private void metrics(Call call) {
        String text = ModelMetrics.write(
                models.metrics(),
                id -> models.turns(id).running(),
                id -> models.turns(id).waiting());
        call.whole(200, "text/plain; version=0.0.4; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode list() {
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        entries().forEach(data::add);
        return body;
    }

    private List<ObjectNode> entries() {
        List<ObjectNode> entries = new ArrayList<>();
        entries.add(chatEntry(ServedModels.DEFAULT, models.chats().getFirst()));
        models.chats().forEach(model -> entries.add(chatEntry(model.id(), model)));
        models.embeddings().forEach(model -> {
            ObjectNode entry = entry(model.id(), model.id());
            entry.putArray("capabilities").add("embedding");
            entries.add(entry);
        });
        return entries;
    }

    private ObjectNode chatEntry(String id, ChatModel model) {
        ObjectNode entry = entry(id, model.id());
        entry.put("max_model_len", model.decoder().context());
        ArrayNode capabilities = entry.putArray("capabilities").add("chat").add("completion");
        if (model.manner().form().isPresent()) {
            capabilities.add("tools");
        }
        if (model.manner().thinks()) {
            capabilities.add("reasoning");
        }
        return entry;
    }

    private ObjectNode entry(String id, String root) {
        ObjectNode entry = Json.object().put("id", id).put("object", "model").put("created", started);
        return entry.put("owned_by", "intramuros").put("root", root);
    }
}
