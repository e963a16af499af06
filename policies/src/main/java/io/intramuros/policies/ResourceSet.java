// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.ConfigurationException;
import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everything that resource files say, checked as a whole. Immutable. */
public record ResourceSet(
        PolicySet policies, List<Model> models, List<Node> nodes, List<Issuer> issuers, List<Detector> detectors) {
    public ResourceSet {
        models = List.copyOf(models);
        nodes = List.copyOf(nodes);
        issuers = List.copyOf(issuers);
        detectors = List.copyOf(detectors);
    }

    /**
     * Reads packs, then files.
     *
     * @param places files, and folders whose {@code *.yaml} and {@code *.yml} are read at any depth. Left out are hidden
     *     names (a ConfigMap's volume keeps its versions there) and a folder's own {@code intramuros.yaml}, which holds
     *     the process's settings
     * @param packs names of {@link Packs}
     * @throws ConfigurationException with everything that is wrong
     */
    public static ResourceSet load(List<Path> places, List<String> packs) {
        return new ResourceSource(packs, List.of(), places).load();
    }

    /**
     * Reads resources that are in memory.
     *
     * @throws ConfigurationException with everything that is wrong
     */
    public static ResourceSet read(List<YamlText> texts) {
        return new ResourceLoader(new Problems()).load(texts);
    }

    /** The model that clients ask for by {@code nameOrAlias}. */
    public Optional<Model> model(String nameOrAlias) {
        return models.stream()
                .filter(model ->
                        model.name().equals(nameOrAlias) || model.aliases().contains(nameOrAlias))
                .findFirst();
    }

    /** The node of a name. */
    public Optional<Node> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
