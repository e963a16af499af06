// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Key;
import io.intramuros.policies.yaml.Place;
import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.RecordReader;
import io.intramuros.policies.yaml.Suggestion;
import io.intramuros.policies.yaml.YamlNode;
import io.intramuros.policies.yaml.YamlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads documents into resources and checks them against each other. For one use. */
final class ResourceLoader {
    static final String API_VERSION = "intramuros.io/v1";
    static final Map<String, Class<? extends Record>> KINDS = kinds();

    private final Problems problems;
    private final RecordReader reader;
    private final Map<String, Place> taken = new HashMap<>();
    private final List<Record> resources = new ArrayList<>();

    ResourceLoader(Problems problems) {
        this.problems = problems;
        this.reader = new RecordReader(problems);
    }

    private static Map<String, Class<? extends Record>> kinds() {
        Map<String, Class<? extends Record>> kinds = new LinkedHashMap<>();
        for (var kind : List.of(Policy.class, Model.class, Node.class, Detector.class, Issuer.class))
            kinds.put(kind.getSimpleName(), kind);
        return kinds;
    }

    /**
     * What every document consists of.
     *
     * @param spec read by the kind
     * @param tests only for policies
     */
    record Envelope(
            Place at,
            @Key("Always intramuros.io/v1") String apiVersion,
            @Key("Policy, Model, Node, Detector or Issuer") String kind,
            @Key("Names the resource") Metadata metadata,
            @Key("What the resource says") YamlNode spec,
            @Key("Tests of a policy") List<PolicyCase> tests) {
        Envelope {
            if (!apiVersion.equals(API_VERSION))
                throw new IllegalArgumentException(
                        "apiVersion: \"" + apiVersion + "\" (expected: " + API_VERSION + ")");
            if (!KINDS.containsKey(kind))
                throw new IllegalArgumentException("kind: " + kind + Suggestion.of(kind, KINDS.keySet()));
            if (kind.equals("Model")) Names.requireModel("metadata", metadata.name());
            else Names.requireName("metadata", metadata.name());
            if (!tests.isEmpty() && !kind.equals("Policy"))
                throw new IllegalArgumentException("tests: in a " + kind + " (expected: only in a Policy)");
        }
    }

    /** The name of a resource. */
    record Metadata(
            @Key("Unique among resources of the kind") String name) {}

    ResourceSet load(List<YamlText> texts) {
        for (YamlText text : texts) text.documents(problems).forEach(this::read);
        checkAliases();
        checkReplicas();
        checkIssuers();
        PolicySet policies = PolicySet.compile(all(Policy.class), problems);
        problems.throwIfAny();
        return new ResourceSet(policies, all(Model.class), all(Node.class), all(Issuer.class), all(Detector.class));
    }

    private void read(YamlNode document) {
        if (document instanceof YamlNode.Scalar scalar && scalar.isNull()) return;
        reader.read(document, Envelope.class).ifPresent(this::read);
    }

    private void read(Envelope envelope) {
        String name = envelope.metadata().name();
        claim(envelope.kind() + " " + name, envelope.at());
        Class<? extends Record> kind = KINDS.get(envelope.kind());
        if (kind == null) throw new IllegalStateException("kind " + envelope.kind() + " passed the check of kinds");
        Optional<? extends Record> resource =
                reader.read(envelope.spec(), kind, Map.of("name", name, "tests", envelope.tests()));
        resource.ifPresent(resources::add);
    }

    /** Takes a name for one resource; a second one is told of the first. */
    private void claim(String what, Place at) {
        Place first = taken.putIfAbsent(what, at);
        if (first != null) problems.add(at, what + ": already defined at " + first);
    }

    private <R extends Record> List<R> all(Class<R> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void checkAliases() {
        for (Model model : all(Model.class)) {
            for (String alias : model.aliases()) {
                claim("Model " + alias, model.at());
            }
        }
    }

    /** Compares with claimed names, so that a node that has a fault of its own is not called unknown as well. */
    private void checkReplicas() {
        Set<String> names = taken.keySet();
        List<String> nodes = names.stream()
                .filter(name -> name.startsWith("Node "))
                .map(name -> name.substring("Node ".length()))
                .sorted()
                .toList();
        for (Model model : all(Model.class)) {
            for (Model.Replica replica : model.replicas()) {
                if (!nodes.contains(replica.node()))
                    problems.add(
                            replica.at(),
                            "node: " + replica.node() + ": no such Node" + Suggestion.of(replica.node(), nodes));
            }
        }
    }

    private void checkIssuers() {
        for (Issuer issuer : all(Issuer.class)) claim("issuer " + issuer.issuer(), issuer.at());
    }
}
