// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import io.intramuros.policies.Model;
import io.intramuros.policies.Node;
import io.intramuros.policies.ResourceSet;
import io.intramuros.policies.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The models and nodes of one version of the configuration. Immutable. */
public final class Catalog {
    private final List<Model> models;
    private final Map<String, Model> byName = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, String> environment;

    /**
     * Makes one.
     *
     * @param environment where {@code env:NAME} secrets are
     */
    public Catalog(ResourceSet resources, Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.models = resources.models();
        for (Model model : models) {
            byName.put(model.name(), model);
            model.aliases().forEach(alias -> byName.put(alias, model));
        }
        resources.nodes().forEach(node -> nodes.put(node.name(), node));
    }

    private Catalog(Catalog declared, List<Model> models) {
        this.environment = declared.environment;
        this.models = List.copyOf(models);
        this.nodes.putAll(declared.nodes);
        this.byName.putAll(declared.byName);
        for (Model model : models) byName.putIfAbsent(model.name(), model);
    }

    /** The same with models that nodes were found to have, but for those whose name is declared, or whose node is not. */
    Catalog with(List<Model> found) {
        List<Model> all = new ArrayList<>(models);
        for (Model model : found)
            if (!byName.containsKey(model.name())
                    && model.replicas().stream().anyMatch(replica -> nodes.containsKey(replica.node()))) all.add(model);
        return all.size() == models.size() ? this : new Catalog(this, all);
    }

    /** Every model, in the order of the configuration. */
    public List<Model> models() {
        return models;
    }

    /** Every node. */
    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The model of a name or an alias. */
    public Optional<Model> find(String nameOrAlias) {
        return Optional.ofNullable(byName.get(nameOrAlias));
    }

    /**
     * The replicas of a model.
     *
     * @param zones where they may stand; empty for anywhere
     */
    List<Target> targets(Model model, Set<String> zones) {
        List<Target> targets = new ArrayList<>();
        for (Model.Replica replica : model.replicas()) {
            Node node = nodes.get(replica.node());
            if (node != null && (zones.isEmpty() || zones.contains(node.zone())))
                targets.add(new Target(
                        node.name(),
                        node.type(),
                        node.engine(),
                        node.zone(),
                        node.url(),
                        model.nameOn(replica),
                        token(node),
                        node.maxConcurrent()));
        }
        return targets;
    }

    /** The token that a node asks for, read anew each time; null where it asks for none. */
    @Nullable
    Supplier<String> token(Node node) {
        Node.Auth auth = node.auth();
        if (auth == null) return null;
        SecretSource source = auth.bearerFrom();
        return () -> {
            try {
                return source.read(environment);
            } catch (IOException e) {
                throw new UncheckedIOException("node " + node.name() + ": its token cannot be read", e);
            }
        };
    }
}
