// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.tenant.ApiKey;
import io.intramuros.gateway.tenant.Directory;
import io.intramuros.gateway.tenant.KeyInfo;
import io.intramuros.gateway.tenant.Keys;
import io.intramuros.gateway.tenant.MissingException;
import io.intramuros.gateway.tenant.NewKey;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** API keys: a whole key is in the answer that makes it, and nowhere else. */
@RestController
@RequestMapping(path = Api.KEYS, produces = Api.JSON)
final class KeysApi {
    private final Keys keys;
    private final Records records;
    private final InstantSource clock;

    KeysApi(Keys keys, Records records, InstantSource clock) {
        this.keys = keys;
        this.records = records;
        this.clock = clock;
    }

    @GetMapping
    byte[] list(@RequestParam(defaultValue = "") String team, @RequestParam(defaultValue = "") String project) {
        List<KeyInfo> chosen = keys.list().stream()
                .filter(key -> team.isEmpty() || key.team().equals(team))
                .filter(key -> project.isEmpty() || key.project().equals(project))
                .toList();
        return Api.list("keys", chosen, this::fill);
    }

    @GetMapping("/{id}")
    byte[] one(@PathVariable String id) {
        return Api.one(find(id), this::fill);
    }

    @PostMapping(consumes = Api.JSON)
    @ResponseStatus(HttpStatus.CREATED)
    byte[] create(Principal actor, @RequestBody(required = false) byte @Nullable [] body) {
        NewKey wanted = wanted(Fields.of(body));
        ApiKey key = keys.create(
                wanted,
                made -> records.write(
                        "key.created",
                        actor,
                        "key",
                        made.id(),
                        "team",
                        wanted.team(),
                        "project",
                        wanted.project(),
                        "name",
                        wanted.name(),
                        "models",
                        String.join(" ", wanted.models())));
        return whole(key);
    }

    private static NewKey wanted(Fields fields) {
        String team = fields.text("team");
        String project = fields.maybeText("project").orElse(Directory.DEFAULT_PROJECT);
        String name = fields.maybeText("name").orElse("key");
        List<String> models = fields.maybeTexts("models").orElse(List.of("*"));
        var expiresIn = fields.maybeText("expiresIn").map(written -> Checked.duration("expiresIn", written));
        fields.done();
        return Checked.value(() -> new NewKey(team, project, name, models, expiresIn.orElse(null)));
    }

    @PostMapping("/{id}/rotate")
    byte[] rotate(Principal actor, @PathVariable String id) {
        KeyInfo before = find(id);
        return whole(keys.rotate(id, _ -> write("key.rotated", actor, before)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Principal actor, @PathVariable String id) {
        KeyInfo before = find(id);
        if (before.revokedAt() != null) return; // it is dead already: to ask twice is no error
        keys.revoke(id, _ -> write("key.revoked", actor, before));
    }

    private void write(String type, Principal actor, KeyInfo key) {
        records.write(type, actor, "key", key.id(), "team", key.team(), "project", key.project(), "name", key.name());
    }

    private KeyInfo find(String id) {
        return keys.find(id).orElseThrow(() -> new MissingException("key", id));
    }

    private byte[] whole(ApiKey key) {
        ObjectNode answer = StrictJson.object().put("key", key.reveal());
        keys.find(key.id()).ifPresent(info -> fill(info, answer));
        return StrictJson.write(answer);
    }

    private void fill(KeyInfo key, ObjectNode to) {
        to.put("id", key.id())
                .put("team", key.team())
                .put("project", key.project())
                .put("name", key.name());
        Api.texts(to, "models", key.models());
        to.put("createdAt", key.createdAt().toString());
        put(to, "expiresAt", key.expiresAt());
        put(to, "revokedAt", key.revokedAt());
        put(to, "oldSecretUntil", key.oldUntil());
        put(to, "usedAt", key.usedAt());
        to.put("state", state(key));
    }

    private String state(KeyInfo key) {
        if (key.revokedAt() != null) return "revoked";
        Instant expires = key.expiresAt();
        return expires != null && !clock.instant().isBefore(expires) ? "expired" : "active";
    }

    private static void put(ObjectNode to, String name, @Nullable Instant moment) {
        if (moment != null) to.put(name, moment.toString());
    }
}
