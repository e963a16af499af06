-- One set of migrations for H2 (in its PostgreSQL mode) and PostgreSQL.
create table team (
    id varchar(40) primary key,
    name varchar(200) not null,
    created_at timestamp with time zone not null
);
create table project (
    team_id varchar(40) not null references team (id),
    id varchar(40) not null,
    name varchar(200) not null,
    created_at timestamp with time zone not null,
    primary key (team_id, id)
);
create table api_key (
    id varchar(12) primary key,
    team_id varchar(40) not null,
    project_id varchar(40) not null,
    name varchar(200) not null,
    digest varchar(64) not null,
    old_digest varchar(64),
    old_until timestamp with time zone,
    models varchar(4000) not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    used_at timestamp with time zone,
    foreign key (team_id, project_id) references project (team_id, id)
);
-- A change of a key or a quota is a numbered row. The counter's row lock gives the rows the order of their commits, which
-- a sequence does not: who polls a sequence can step over a row that commits late.
create table change_epoch (
    one integer primary key,
    n bigint not null
);
insert into change_epoch (one, n) values (1, 0);
create table tenant_change (
    n bigint primary key,
    kind varchar(16) not null,
    subject varchar(200) not null,
    at timestamp with time zone not null
);
create table quota (
    level varchar(16) not null,
    level_id varchar(200) not null,
    unit varchar(16) not null,
    per varchar(16) not null,
    model varchar(200) not null,
    amount bigint not null,
    burst bigint,
    primary key (level, level_id, unit, per, model)
);
create table usage_hour (
    at_hour timestamp with time zone not null,
    team_id varchar(40) not null,
    project_id varchar(40) not null,
    key_id varchar(64) not null,
    model varchar(200) not null,
    requests bigint not null,
    refused bigint not null,
    tokens_in bigint not null,
    tokens_out bigint not null,
    micros bigint not null,
    primary key (at_hour, team_id, project_id, key_id, model)
);
-- Which Redis is ours: one that carries another epoch is somebody else's, or an old copy.
create table ledger_epoch (
    organization_id varchar(40) primary key,
    epoch varchar(64) not null
);
