// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.anthropic.Anthropic;
import io.intramuros.gateway.dialect.Dialects;
import io.intramuros.gateway.dialect.NodeKinds;
import io.intramuros.gateway.exchange.NodeKind;
import io.intramuros.gateway.ollama.Ollama;
import io.intramuros.gateway.ollama.OllamaNode;
import io.intramuros.gateway.openai.OpenAi;
import io.intramuros.gateway.openai.OpenAiNode;
import io.intramuros.policies.Node;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The protocols that this build speaks, to callers and to nodes. The one list of each. */
final class Protocols {
    private Protocols() {}

    static Dialects dialects() {
        return new Dialects(List.of(new OpenAi(), new Anthropic(), new Ollama()));
    }

    /**
     * The kinds of nodes.
     *
     * @param salts the salt of each team's prompts in a node's cache
     */
    static NodeKinds kinds(UnaryOperator<String> salts) {
        Map<Node.Engine, NodeKind> engines = new EnumMap<>(Node.Engine.class);
        for (Node.Engine engine : Node.Engine.values()) engines.put(engine, new OpenAiNode("openai", engine, salts));
        return new NodeKinds(
                Map.of(
                        Node.Type.OPENAI,
                        new OpenAiNode("openai", Node.Engine.OTHER, salts),
                        Node.Type.ONNX,
                        new OpenAiNode("onnx", Node.Engine.OTHER, salts),
                        Node.Type.OLLAMA,
                        new OllamaNode()),
                engines);
    }
}
