// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.intramuros.policies.Model;
import io.intramuros.policies.Node;
import io.intramuros.policies.yaml.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a node says of its models: {@code GET /v1/models} of the OpenAI API, {@code GET /api/tags} of Ollama's. */
final class NodeModels {
    private static final JsonMapper JSON = new JsonMapper();

    /** Where a node does not say how long a prompt may be. */
    private static final int CONTEXT = 8_192;

    private static final int MAX_OUTPUT = 4_096;
    private static final int MOST = 1_000;

    /** As resources name models; others cannot be asked for. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}");

    /** What a list without capabilities is taken to mean: the node refuses what it cannot. */
    private static final Set<Model.Capability> ANY = Set.of(
            Model.Capability.CHAT,
            Model.Capability.COMPLETION,
            Model.Capability.TOOLS,
            Model.Capability.EMBEDDING,
            Model.Capability.RERANK);

    private NodeModels() {}

    /**
     * A model of one node.
     *
     * @param name as clients ask for it
     * @param as how the node names it
     * @param context in tokens
     */
    record Listed(String name, String as, Node node, int context, Set<Model.Capability> capabilities) {
        Listed {
            capabilities = Set.copyOf(capabilities);
        }
    }

    static String path(Node.Type type) {
        return type == Node.Type.OLLAMA ? "/api/tags" : "/v1/models";
    }

    /**
     * What a node says, each name once.
     *
     * @throws RuntimeException if that is no list
     */
    static List<Listed> read(Node node, byte[] answer) {
        boolean ollama = node.type() == Node.Type.OLLAMA;
        JsonNode list = JSON.readTree(answer).path(ollama ? "models" : "data");
        if (!list.isArray()) throw new IllegalArgumentException("models: none (expected: a list)");
        Map<String, Listed> byName = new LinkedHashMap<>();
        for (JsonNode each : list) {
            String as = ollama
                    ? each.path("model").asString(each.path("name").asString(""))
                    : each.path("id").asString("");
            String name = as.endsWith(":latest") ? as.substring(0, as.length() - ":latest".length()) : as;
            if (byName.size() < MOST && NAME.matcher(name).matches())
                byName.putIfAbsent(name, new Listed(name, as, node, context(each), capabilities(each)));
        }
        return List.copyOf(byName.values());
    }

    /** vLLM, llama.cpp's server and Ollama each say it in a place of their own. */
    private static int context(JsonNode each) {
        for (JsonNode said : List.of(
                each.path("max_model_len"),
                each.path("meta").path("n_ctx"),
                each.path("meta").path("n_ctx_train"),
                each.path("details").path("context_length")))
            if (said.isIntegralNumber() && said.canConvertToInt() && said.intValue() > 0) return said.intValue();
        return CONTEXT;
    }

    private static Set<Model.Capability> capabilities(JsonNode each) {
        Set<Model.Capability> able = EnumSet.noneOf(Model.Capability.class);
        for (JsonNode word : each.path("capabilities"))
            switch (word.asString("")) {
                case "completion", "chat" -> {
                    able.add(Model.Capability.CHAT);
                    able.add(Model.Capability.COMPLETION);
                }
                case "tools" -> able.add(Model.Capability.TOOLS);
                case "insert" -> able.add(Model.Capability.INSERT);
                case "embedding" -> able.add(Model.Capability.EMBEDDING);
                case "rerank" -> able.add(Model.Capability.RERANK);
                default -> {
                    // seeing, hearing and the like are no capabilities that requests can ask for here
                }
            }
        return able.isEmpty() ? ANY : able;
    }

    /** The model that several nodes have. */
    static Model model(List<Listed> copies) {
        Listed first = copies.getFirst();
        Place at = first.node().at();
        List<Model.Replica> replicas = new ArrayList<>();
        Set<Model.Capability> able = EnumSet.copyOf(first.capabilities());
        int context = first.context();
        for (Listed copy : copies) {
            replicas.add(new Model.Replica(at, copy.node().name(), copy.as()));
            able.retainAll(copy.capabilities());
            context = Math.min(context, copy.context());
        }
        Set<Model.Capability> all = able.isEmpty() ? first.capabilities() : able;
        return new Model(first.name(), at, replicas, context, all, List.of(), null, MAX_OUTPUT);
    }
}
