// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.node.LiveCatalog;
import io.intramuros.gateway.node.NodeClient;
import io.intramuros.policies.Model;
import io.intramuros.policies.Node;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Nodes and models, as the resource files and the last calls have them. */
@RestController
@RequestMapping(path = Api.ROOT, produces = Api.JSON)
final class InfrastructureApi {
    private final LiveCatalog catalog;
    private final NodeClient client;

    InfrastructureApi(LiveCatalog catalog, NodeClient client) {
        this.catalog = catalog;
        this.client = client;
    }

    @GetMapping("/nodes")
    byte[] nodes() {
        List<Node> nodes = catalog.get().nodes().stream()
                .sorted(Comparator.comparing(Node::name))
                .toList();
        return Api.list("nodes", nodes, this::fill);
    }

    @GetMapping("/models")
    byte[] models() {
        return Api.list("models", catalog.get().models(), InfrastructureApi::fill);
    }

    private void fill(Node node, ObjectNode to) {
        to.put("name", node.name())
                .put("type", Checked.lower(node.type()))
                .put("url", node.url().toString())
                .put("zone", node.zone())
                .put("maxConcurrent", node.maxConcurrent())
                .put("state", client.isAvailable(node.name()) ? "available" : "failing");
        Api.texts(
                to,
                "models",
                catalog.get().models().stream()
                        .filter(model -> model.replicas().stream()
                                .anyMatch(replica -> replica.node().equals(node.name())))
                        .map(Model::name)
                        .toList());
    }

    private static void fill(Model model, ObjectNode to) {
        to.put("name", model.name()).put("context", model.context()).put("maxOutputTokens", model.maxOutputTokens());
        Api.texts(to, "aliases", model.aliases());
        Api.texts(
                to,
                "capabilities",
                model.capabilities().stream().map(Checked::lower).sorted().toList());
        Api.list(
                to,
                "replicas",
                model.replicas(),
                (replica, one) -> one.put("node", replica.node()).put("as", model.nameOn(replica)));
        Model.Cost cost = model.cost();
        if (cost != null)
            to.putObject("cost")
                    .put("inputPerMillion", cost.inputPerMillion())
                    .put("outputPerMillion", cost.outputPerMillion())
                    .put("currency", cost.currency());
    }
}
