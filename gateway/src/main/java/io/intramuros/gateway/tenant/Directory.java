// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;

/** The teams of the organization and their projects. */
public final class Directory {
    private final TenantStore store;
    private final InstantSource clock;

    public Directory(TenantStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A tenant. */
    public record Team(String id, String name) {}

    /** A project of a team. */
    public record Project(String team, String id, String name) {}

    /**
     * Adds a team, and its project {@code default}.
     *
     * @throws IllegalArgumentException if an id is none
     * @throws TakenException if there is such a team
     */
    public Team addTeam(String id, String name) {
        Team team = new Team(Names.id("team", id), Names.name("name", name));
        try {
            store.transaction().executeWithoutResult(_ -> {
                store.jdbc()
                        .sql("insert into team (id, name, created_at) values (?, ?, ?)")
                        .params(team.id(), team.name(), clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
                insert(new Project(id, "default", "default"));
            });
        } catch (DuplicateKeyException e) {
            throw new TakenException("team " + id, e);
        }
        return team;
    }

    /**
     * Adds a project.
     *
     * @throws TakenException if there is such a project
     * @throws MissingException if there is no such team
     */
    public Project addProject(String team, String id, String name) {
        Project project = new Project(team, Names.id("project", id), Names.name("name", name));
        requireTeam(team);
        try {
            insert(project);
        } catch (DuplicateKeyException e) {
            throw new TakenException("project " + team + "/" + id, e);
        }
        return project;
    }

    private void insert(Project project) {
        store.jdbc()
                .sql("insert into project (team_id, id, name, created_at) values (?, ?, ?, ?)")
                .params(
                        project.team(),
                        project.id(),
                        project.name(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Every team, by id. */
    public List<Team> teams() {
        return store.jdbc()
                .sql("select id, name from team order by id")
                .query((row, _) -> new Team(row.getString("id"), row.getString("name")))
                .list();
    }

    /** The projects of a team, by id. */
    public List<Project> projects(String team) {
        requireTeam(team);
        return store.jdbc()
                .sql("select id, name from project where team_id = ? order by id")
                .param(team)
                .query((row, _) -> new Project(team, row.getString("id"), row.getString("name")))
                .list();
    }

    /** Whether there is such a project. */
    public boolean hasProject(String team, String project) {
        return store.jdbc()
                        .sql("select count(*) from project where team_id = ? and id = ?")
                        .params(team, project)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void requireTeam(String team) {
        if (teams().stream().noneMatch(t -> t.id().equals(team))) throw new MissingException("team", team);
    }
}
