// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.tenant.Directory;
import io.intramuros.gateway.tenant.Directory.Project;
import io.intramuros.gateway.tenant.Directory.Team;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Teams and their projects. */
@RestController
@RequestMapping(path = Api.TEAMS, produces = Api.JSON)
final class TeamsApi {
    private final Directory directory;
    private final Records records;

    TeamsApi(Directory directory, Records records) {
        this.directory = directory;
        this.records = records;
    }

    @GetMapping
    byte[] teams() {
        return Api.list("teams", directory.teams(), TeamsApi::fill);
    }

    @PostMapping(consumes = Api.JSON)
    @ResponseStatus(HttpStatus.CREATED)
    byte[] addTeam(Principal actor, @RequestBody(required = false) byte @Nullable [] body) {
        Fields fields = Fields.of(body);
        String id = fields.text("id");
        String name = fields.maybeText("name").orElse(id);
        fields.done();
        Team team = Checked.value(() -> directory.addTeam(
                id, name, added -> records.write("team.created", actor, "team", added.id(), "name", added.name())));
        return Api.one(team, TeamsApi::fill);
    }

    @GetMapping("/{team}/projects")
    byte[] projects(@PathVariable String team) {
        return Api.list("projects", directory.projects(team), TeamsApi::fill);
    }

    @PostMapping(path = "/{team}/projects", consumes = Api.JSON)
    @ResponseStatus(HttpStatus.CREATED)
    byte[] addProject(
            Principal actor, @PathVariable String team, @RequestBody(required = false) byte @Nullable [] body) {
        Fields fields = Fields.of(body);
        String id = fields.text("id");
        String name = fields.maybeText("name").orElse(id);
        fields.done();
        Project project = Checked.value(() -> directory.addProject(
                team,
                id,
                name,
                added -> records.write(
                        "project.created", actor, "team", added.team(), "project", added.id(), "name", added.name())));
        return Api.one(project, TeamsApi::fill);
    }

    private static void fill(Team team, ObjectNode to) {
        to.put("id", team.id()).put("name", team.name());
    }

    private static void fill(Project project, ObjectNode to) {
        to.put("id", project.id()).put("team", project.team()).put("name", project.name());
    }
}
