// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.Suggestion;
import io.intramuros.policies.yaml.YamlNode;
import io.intramuros.policies.yaml.YamlText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a file of teams, projects and limits asks for, read strictly.
 *
 * @param teams their ids and names, in the file's order
 * @param projects each with the id of its team
 * @param quotas as the admin API takes them
 */
record TenantsFile(List<ObjectNode> teams, List<ObjectNode> projects, List<ObjectNode> quotas) {
    TenantsFile {
        teams = List.copyOf(teams);
        projects = List.copyOf(projects);
        quotas = List.copyOf(quotas);
    }

    /**
     * Reads one.
     *
     * @throws io.intramuros.policies.yaml.ConfigurationException with every fault and its place
     */
    static TenantsFile read(String name, byte[] bytes) {
        Reading reading = new Reading();
        YamlText.decode(name, bytes, reading.problems)
                .documents(reading.problems)
                .forEach(reading::document);
        reading.problems.throwIfAny();
        return new TenantsFile(reading.teams, reading.projects, reading.quotas);
    }

    /** One reading. */
    private static final class Reading {
        private final Problems problems = new Problems();
        private final List<ObjectNode> teams = new ArrayList<>();
        private final List<ObjectNode> projects = new ArrayList<>();
        private final List<ObjectNode> quotas = new ArrayList<>();

        void document(YamlNode document) {
            fields(
                    document,
                    Map.of(
                            "apiVersion", is("intramuros.io/v1"),
                            "kind", is("Tenants"),
                            "teams", each(this::team),
                            "quotas", each(this::quota)));
        }

        private void team(YamlNode node) {
            ObjectNode team = AdminClient.object();
            fields(
                    node,
                    Map.of(
                            "id", text(team, "id"),
                            "name", text(team, "name"),
                            "projects", each(project -> project(team, project))));
            if (required(node, team, "id")) teams.add(team);
        }

        private void project(ObjectNode team, YamlNode node) {
            ObjectNode project = AdminClient.object();
            fields(node, Map.of("id", text(project, "id"), "name", text(project, "name")));
            if (required(node, project, "id"))
                projects.add(project.put("team", team.path("id").asString("")));
        }

        private void quota(YamlNode node) {
            ObjectNode quota = AdminClient.object();
            ArrayNode limits = quota.putArray("limits");
            fields(
                    node,
                    Map.of("scope", text(quota, "scope"), "limits", each(limit -> limit(limit, limits.addObject()))));
            if (required(node, quota, "scope")) quotas.add(quota);
        }

        private void limit(YamlNode node, ObjectNode limit) {
            fields(
                    node,
                    Map.of(
                            "unit", text(limit, "unit"),
                            "amount", number(limit, "amount"),
                            "per", text(limit, "per"),
                            "model", text(limit, "model"),
                            "burst", number(limit, "burst")));
            if (required(node, limit, "unit")) required(node, limit, "amount");
        }

        private void fields(YamlNode node, Map<String, Consumer<YamlNode>> known) {
            if (!(node instanceof YamlNode.Mapping mapping)) {
                problems.add(node.at(), node.kind() + " (expected: a map)");
                return;
            }
            mapping.entries().forEach((name, entry) -> {
                Consumer<YamlNode> field = known.get(name);
                if (field == null)
                    problems.add(
                            entry.at(),
                            "\"" + name + "\" is not known"
                                    + Suggestion.of(
                                            name,
                                            known.keySet().stream().sorted().toList()));
                else field.accept(entry.value());
            });
        }

        private boolean required(YamlNode node, ObjectNode object, String name) {
            if (object.has(name)) return true;
            problems.add(node.at(), name + ": missing");
            return false;
        }

        private Consumer<YamlNode> is(String expected) {
            return node -> {
                if (!(node instanceof YamlNode.Scalar scalar) || !scalar.text().equals(expected))
                    problems.add(node.at(), "not understood (expected: " + expected + ")");
            };
        }

        private Consumer<YamlNode> each(Consumer<YamlNode> item) {
            return node -> {
                if (node instanceof YamlNode.Sequence list) list.items().forEach(item);
                else problems.add(node.at(), node.kind() + " (expected: a list)");
            };
        }

        private Consumer<YamlNode> text(ObjectNode to, String name) {
            return node -> {
                if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) to.put(name, scalar.text());
                else problems.add(node.at(), name + ": " + node.kind() + " (expected: a text)");
            };
        }

        private Consumer<YamlNode> number(ObjectNode to, String name) {
            return node -> {
                try {
                    if (node instanceof YamlNode.Scalar scalar) to.put(name, new BigDecimal(scalar.text()));
                    else problems.add(node.at(), name + ": " + node.kind() + " (expected: a number)");
                } catch (NumberFormatException _) {
                    problems.add(node.at(), name + ": no number (expected: as 100)");
                }
            };
        }
    }
}
