// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.intramuros.policies.Model;
import io.intramuros.policies.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the nodes that say so which models they have, again and again. What a node had stays while it does not answer: that
 * it is away is known elsewhere, and a model must not be unknown for that.
 */
public final class Discovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final LiveCatalog catalog;
    private final NodeClient client;
    private final Map<String, List<NodeModels.Listed>> known = new LinkedHashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("discovery").factory());

    private Discovery(LiveCatalog catalog, NodeClient client) {
        this.catalog = catalog;
        this.client = client;
    }

    /**
     * Makes a first round, so that a start has the models of the nodes that answer at once, and then others.
     *
     * @param every from the end of one to the next
     */
    public static Discovery start(LiveCatalog catalog, NodeClient client, Duration every) {
        Discovery discovery = new Discovery(catalog, client);
        discovery.round();
        var _ = discovery.rounds.scheduleWithFixedDelay(
                discovery::round, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return discovery;
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }

    /** Asks every node once, one after the other: there are few, and it is in nobody's way. */
    private void round() {
        List<Node> nodes = catalog.get().nodes().stream()
                .filter(Node::discover)
                .sorted(java.util.Comparator.comparing(Node::name))
                .toList();
        known.keySet().retainAll(nodes.stream().map(Node::name).toList());
        nodes.forEach(this::ask);
        catalog.found(models(nodes));
    }

    private void ask(Node node) {
        try {
            byte[] answer = client.get(
                            node.url().resolve(NodeModels.path(node.type())),
                            catalog.get().token(node))
                    .block(PATIENCE);
            if (answer == null) throw new IllegalStateException("no list of models");
            known.put(node.name(), NodeModels.read(node, answer));
            if (silent.remove(node.name())) LOG.info("node {} says its models again", node.name());
        } catch (RuntimeException e) {
            if (silent.add(node.name()))
                LOG.warn(
                        "node {} does not say its models ({}); it is asked again",
                        node.name(),
                        e.getClass().getSimpleName());
        }
    }

    /** A model for each name; where several nodes have it, it has several replicas, and what all of them can. */
    private List<Model> models(List<Node> nodes) {
        Map<String, List<NodeModels.Listed>> byName = new LinkedHashMap<>();
        for (Node node : nodes)
            for (NodeModels.Listed listed : known.getOrDefault(node.name(), List.of()))
                byName.computeIfAbsent(listed.name(), _ -> new ArrayList<>()).add(listed);
        return byName.values().stream().map(NodeModels::model).toList();
    }
}
