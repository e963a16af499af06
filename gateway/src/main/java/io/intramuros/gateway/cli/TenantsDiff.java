// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be done so that a gateway has what a file says.
 *
 * @param changes in the order in which they can be made
 */
record TenantsDiff(List<Change> changes) {
    TenantsDiff {
        changes = List.copyOf(changes);
    }

    /**
     * One thing to do.
     *
     * @param says a line for people
     */
    record Change(String says, Consumer<AdminClient> act) {
        void make(AdminClient admin) {
            act.accept(admin);
        }
    }

    /** Compares. */
    static TenantsDiff of(TenantsFile wanted, AdminClient admin) {
        List<Change> changes = new ArrayList<>();
        Map<String, String> teams = new HashMap<>();
        admin.get(AdminClient.path("teams"))
                .path("teams")
                .forEach(team -> teams.put(text(team, "id"), text(team, "name")));
        for (ObjectNode team : wanted.teams()) team(team, teams, changes);
        Map<String, Set<String>> projects = new HashMap<>();
        for (ObjectNode project : wanted.projects())
            project(
                    project,
                    projects.computeIfAbsent(
                            text(project, "team"), id -> teams.containsKey(id) ? projects(admin, id) : fresh()),
                    changes);
        for (ObjectNode quota : wanted.quotas()) quota(quota, admin, changes);
        return new TenantsDiff(changes);
    }

    private static void team(ObjectNode team, Map<String, String> teams, List<Change> changes) {
        String id = text(team, "id");
        String name = team.path("name").asString("");
        if (!teams.containsKey(id))
            changes.add(new Change("+ team " + id, admin -> admin.post(AdminClient.path("teams"), team)));
        else if (!name.isEmpty() && !name.equals(teams.get(id)))
            throw new CommandFailed(
                    Exit.FAILED,
                    "team " + id + " has another name, which cannot be changed; take the name out of the file");
    }

    private static Set<String> projects(AdminClient admin, String team) {
        Set<String> ids = new HashSet<>();
        admin.get(AdminClient.path("teams", team, "projects"))
                .path("projects")
                .forEach(project -> ids.add(text(project, "id")));
        return ids;
    }

    /** What a new team has. */
    private static Set<String> fresh() {
        return new HashSet<>(Set.of("default"));
    }

    private static void project(ObjectNode project, Set<String> there, List<Change> changes) {
        String team = text(project, "team");
        String id = text(project, "id");
        if (!there.add(id)) return;
        ObjectNode body = AdminClient.object().put("id", id);
        if (project.has("name")) body.set("name", project.get("name"));
        changes.add(new Change(
                "+ project " + team + "/" + id,
                admin -> admin.post(AdminClient.path("teams", team, "projects"), body)));
    }

    private static void quota(ObjectNode quota, AdminClient admin, List<Change> changes) {
        String scope = text(quota, "scope");
        JsonNode now = admin.get(AdminClient.query(AdminClient.path("quotas"), Map.of("scope", scope)))
                .path("limits");
        List<String> before = limits(now);
        List<String> after = limits(quota.path("limits"));
        if (before.equals(after)) return;
        changes.add(new Change(
                "~ quota " + scope + ": " + before + " -> " + after, to -> to.put(AdminClient.path("quotas"), quota)));
    }

    /** Limits in one order and one form, so that the same ones are equal. */
    private static List<String> limits(JsonNode limits) {
        return limits.valueStream()
                .map(limit -> {
                    Map<String, String> fields = new TreeMap<>();
                    limit.properties().forEach(field -> fields.put(field.getKey(), form(field.getValue())));
                    return fields.toString();
                })
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static String form(JsonNode value) {
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asString();
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
