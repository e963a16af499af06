// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.time.InstantSource;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;

/** The teams of the organization and their projects. */
public final class Directory {
    /** The project that comes with every team. */
    public static final String DEFAULT_PROJECT = "default";

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

    /** The same, unwitnessed. */
    public Team addTeam(String id, String name) {
        return addTeam(id, name, Witness.NOBODY);
    }

    /**
     * Adds a team, and its project {@code default}.
     *
     * @throws IllegalArgumentException if an id or a name is none
     * @throws TakenException if there is such a team
     */
    public Team addTeam(String id, String name, Witness<? super Team> witness) {
        Team team = new Team(Names.id("id", id), Names.name("name", name));
        try {
            return store.change(() -> {
                store.jdbc()
                        .sql("insert into team (id, name, created_at) values (?, ?, ?)")
                        .params(team.id(), team.name(), KeyRows.at(clock.instant()))
                        .update();
                insert(new Project(id, DEFAULT_PROJECT, DEFAULT_PROJECT));
                witness.sees(team);
                return team;
            });
        } catch (DuplicateKeyException e) {
            throw new TakenException("team " + id, e);
        }
    }

    /**
     * Adds a project.
     *
     * @throws IllegalArgumentException if an id or a name is none
     * @throws TakenException if there is such a project
     * @throws MissingException if there is no such team
     */
    public Project addProject(String team, String id, String name, Witness<? super Project> witness) {
        Project project = new Project(team, Names.id("id", id), Names.name("name", name));
        requireTeam(team);
        try {
            return store.change(() -> {
                witness.sees(insert(project));
                return project;
            });
        } catch (DuplicateKeyException e) {
            throw new TakenException("project " + team + "/" + id, e);
        }
    }

    private Project insert(Project project) {
        store.jdbc()
                .sql("insert into project (team_id, id, name, created_at) values (?, ?, ?, ?)")
                .params(project.team(), project.id(), project.name(), KeyRows.at(clock.instant()))
                .update();
        return project;
    }

    /** Every team, by id. */
    public List<Team> teams() {
        return store.jdbc()
                .sql("select id, name from team order by id")
                .query((row, _) -> new Team(row.getString("id"), row.getString("name")))
                .list();
    }

    /**
     * The projects of a team, by id.
     *
     * @throws MissingException if there is no such team
     */
    public List<Project> projects(String team) {
        requireTeam(team);
        return store.jdbc()
                .sql("select id, name from project where team_id = ? order by id")
                .param(team)
                .query((row, _) -> new Project(team, row.getString("id"), row.getString("name")))
                .list();
    }

    /** Whether there is such a team. */
    public boolean hasTeam(String team) {
        return count("select count(*) from team where id = ?", team) > 0;
    }

    /** Whether there is such a project. */
    public boolean hasProject(String team, String project) {
        return count("select count(*) from project where team_id = ? and id = ?", team, project) > 0;
    }

    private long count(String sql, Object... params) {
        return store.jdbc().sql(sql).params(params).query(Long.class).single();
    }

    private void requireTeam(String team) {
        if (!hasTeam(team)) throw new MissingException("team", team);
    }
}
