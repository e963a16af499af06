// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.admin.AdminServer.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AdminApiTest {
    @TempDir
    static Path folder;

    static AdminServer server;

    @BeforeAll
    static void start() {
        server = AdminServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void teams_added_areListedWithTheirDefaultProject() {
        Answer added = server.post("/admin/v1/teams", "{\"id\":\"payments\",\"name\":\"Payments\"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json()).hasToString("{\"id\":\"payments\",\"name\":\"Payments\"}");
        assertThat(texts(server.get("/admin/v1/teams").json().path("teams"), "id"))
                .contains("default", "payments");
        assertThat(texts(server.get("/admin/v1/teams/payments/projects").json().path("projects"), "id"))
                .containsExactly("default");
        assertThat(server.post("/admin/v1/teams/payments/projects", "{\"id\":\"app\"}")
                        .status())
                .isEqualTo(201);
        assertThat(recordsOf("team.created").getLast().path("team").asString()).isEqualTo("payments");
        assertThat(recordsOf("project.created").getLast().path("actor").asString())
                .isEqualTo("admin");
    }

    @Test
    void changes_byANamedAdministrator_bearTheName() {
        assertThat(server.postAs(AdminServer.ANAS_TOKEN, "/admin/v1/teams", "{\"id\":\"of-ana\"}")
                        .status())
                .isEqualTo(201);

        assertThat(recordsOf("team.created").stream()
                        .filter(record -> record.path("team").asString().equals("of-ana"))
                        .map(record -> record.path("actor").asString()))
                .containsExactly("ana");
    }

    @Test
    void start_onAFreshInstallation_recordsTheKeyThatItMade() {
        assertThat(recordsOf("key.created").getFirst().path("actor").asString()).isEqualTo("system");
        assertThat(server.firstKey())
                .contains(recordsOf("key.created").getFirst().path("key").asString());
    }

    @Test
    void teams_addedTwice_conflict() {
        server.post("/admin/v1/teams", "{\"id\":\"twice\"}");

        Answer again = server.post("/admin/v1/teams", "{\"id\":\"twice\"}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already_exists");
        assertThat(again.json().path("error").path("request_id").asString())
                .isEqualTo(again.requestId())
                .isNotEmpty();
        assertThat(recordsOf("team.created").stream()
                        .filter(r -> r.path("team").asString().equals("twice")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"Not An Id\"}",
                "{\"id\":\"a\",\"nam\":\"x\"}",
                "{\"name\":\"x\"}",
                "{\"id\":7}",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "[]",
                "{\"id\":\"a\"} x",
            })
    void teams_badBody_isRefusedAndChangesNothing(String body) {
        JsonNode before = server.get("/admin/v1/teams").json();

        Answer answer = server.post("/admin/v1/teams", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isIn("invalid_request", "invalid_json");
        assertThat(server.get("/admin/v1/teams").json()).isEqualTo(before);
    }

    @Test
    void keys_createdRotatedRevoked_openAndCloseTheDataPlane() {
        Answer created = server.post(
                "/admin/v1/keys",
                "{\"team\":\"default\",\"project\":\"default\",\"name\":\"ci\",\"expiresIn\":\"P30D\"}");
        String key = created.json().path("key").asString();
        String id = created.json().path("id").asString();
        assertThat(created.status()).isEqualTo(201);
        assertThat(key).matches("imk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}").contains(id);
        assertThat(server.onDataPort("Bearer " + key, "/v1/models").status()).isEqualTo(200);
        assertThat(server.get("/admin/v1/keys").body()).contains(id).doesNotContain(key);
        assertThat(server.get("/admin/v1/keys/" + id).json().path("state").asString())
                .isEqualTo("active");

        Answer rotated = server.call("POST", "/admin/v1/keys/" + id + "/rotate", "");
        String second = rotated.json().path("key").asString();
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.json().path("oldSecretUntil").asString()).isNotEmpty();
        assertThat(server.onDataPort("Bearer " + key, "/v1/models").status()).isEqualTo(200);
        assertThat(server.onDataPort("Bearer " + second, "/v1/models").status()).isEqualTo(200);

        assertThat(server.call("DELETE", "/admin/v1/keys/" + id, "").status()).isEqualTo(204);
        assertThat(server.onDataPort("Bearer " + key, "/v1/models").status()).isEqualTo(401);
        assertThat(server.onDataPort("Bearer " + second, "/v1/models").status()).isEqualTo(401);
        assertThat(server.call("DELETE", "/admin/v1/keys/" + id, "").status()).isEqualTo(204);
        assertThat(texts(recordsOfKey(id), "type")).containsExactly("key.created", "key.rotated", "key.revoked");
    }

    @Test
    void keys_wholeKeyWhereAnIdBelongs_doesNotComeBack() {
        Answer answer = server.call("DELETE", "/admin/v1/keys/" + server.firstKey(), "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain(server.firstKey());
    }

    @Test
    void keys_ofNoProject_areMissing() {
        assertThat(server.post("/admin/v1/keys", "{\"team\":\"default\",\"project\":\"nowhere\"}")
                        .status())
                .isEqualTo(404);
        assertThat(server.post("/admin/v1/keys", "{\"team\":\"default\",\"expiresIn\":\"soon\"}")
                        .message())
                .contains("expiresIn");
    }

    @Test
    void quotas_replaced_areWhatIsRead() {
        String limits = "{\"scope\":\"team:default\",\"limits\":["
                + "{\"unit\":\"requests\",\"amount\":100,\"per\":\"PT1M\",\"burst\":10},"
                + "{\"unit\":\"cost\",\"amount\":12.5,\"per\":\"month\"},"
                + "{\"unit\":\"concurrency\",\"amount\":4,\"model\":\"llama\"}]}";

        Answer put = server.call("PUT", "/admin/v1/quotas", limits);

        assertThat(put.status()).isEqualTo(200);
        JsonNode read = server.get("/admin/v1/quotas?scope=team:default").json();
        assertThat(read).isEqualTo(put.json());
        assertThat(read.path("limits")
                        .valueStream()
                        .map(limit -> limit.path("amount").asString()))
                .containsExactlyInAnyOrder("100", "12.5", "4");
        assertThat(server.get("/admin/v1/quotas").body()).contains("team:default");
        assertThat(recordsOf("quota.changed").getLast().path("after").asString())
                .contains("12.5");
        assertThat(server.call("PUT", "/admin/v1/quotas", "{\"scope\":\"team:default\",\"limits\":[]}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/admin/v1/quotas?scope=team:default").json().path("limits"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scope\":\"nowhere\",\"limits\":[]}",
                "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"wishes\",\"amount\":1,\"per\":\"PT1M\"}]}",
                "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"tokens\",\"amount\":1}]}",
                "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"tokens\",\"amount\":-1,\"per\":\"PT1M\"}]}",
                "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"tokens\",\"amount\":1.5,\"per\":\"PT1M\"}]}",
                "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"tokens\",\"amount\":1,\"per\":\"PT2H\"}]}",
                "{\"scope\":\"org\",\"limits\":[{\"unit\":\"tokens\",\"amount\":1,\"per\":\"P1D\",\"x\":1}]}",
                "{\"scope\":\"org\",\"limits\":[{\"unit\":\"tokens\",\"amount\":1,\"per\":\"P1D\"},"
                        + "{\"unit\":\"tokens\",\"amount\":2,\"per\":\"P1D\"}]}",
            })
    void quotas_badLimit_isRefused(String body) {
        assertThat(server.call("PUT", "/admin/v1/quotas", body).status()).isEqualTo(400);
    }

    @Test
    void quotas_ofATeamThatIsNot_areMissing() {
        assertThat(server.call("PUT", "/admin/v1/quotas", "{\"scope\":\"team:nobody\",\"limits\":[]}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void usage_withoutAny_isEmptyAndSaysWhatWasAsked() {
        JsonNode usage = server.get("/admin/v1/usage?groupBy=team,model&from=2031-05-01&to=2031-06-01T00:00:00Z")
                .json();

        assertThat(usage.path("from").asString()).isEqualTo("2031-05-01T00:00:00Z");
        assertThat(texts(usage.path("groupBy"))).containsExactly("team", "model");
        assertThat(usage.path("usage")).isEmpty();
        assertThat(server.get("/admin/v1/usage?groupBy=colour").message()).contains("team, project, key, model, hour");
    }

    @Test
    void audit_recordsPaged_comeOnceEach() {
        for (int i = 0; i < 4; i++) server.post("/admin/v1/teams", "{\"id\":\"page-" + i + "\"}");

        JsonNode first =
                server.get("/admin/v1/audit/records?type=team.created&limit=2").json();
        JsonNode second = server.get("/admin/v1/audit/records?type=team.created&limit=2&cursor="
                        + first.path("next").asString())
                .json();

        assertThat(first.path("records")).hasSize(2);
        assertThat(texts(second.path("records"), "idx"))
                .doesNotContainAnyElementsOf(texts(first.path("records"), "idx"));
        assertThat(server.get("/admin/v1/audit/records?limit=0").status()).isEqualTo(400);
        assertThat(server.get("/admin/v1/audit/records?limit=x").status()).isEqualTo(400);
    }

    @Test
    void audit_exported_hasEveryRecordAndSaysWhoTookIt() {
        server.post("/admin/v1/teams", "{\"id\":\"exported\"}");

        Answer jsonl = server.get("/admin/v1/audit/export?format=jsonl");
        Answer csv = server.get("/admin/v1/audit/export?format=csv&team=exported");

        assertThat(jsonl.body().lines()).hasSizeGreaterThan(2).allMatch(line -> line.startsWith("{"));
        assertThat(csv.body().lines().toList().getFirst()).startsWith("idx,ts,type");
        assertThat(csv.body()).contains("exported");
        assertThat(recordsOf("audit.exported")).isNotEmpty();
        assertThat(server.get("/admin/v1/audit/export?format=stone").status()).isEqualTo(400);
    }

    @Test
    void audit_verified_isSound() {
        JsonNode verdict = server.post("/admin/v1/audit/verify", "").json();

        assertThat(verdict.path("ok").asBoolean()).isTrue();
        assertThat(verdict.path("records").asLong()).isPositive();
    }

    @Test
    void redact_textWithAnEmail_saysWhereAndWhatBecameOfIt() {
        String text = "😀 Mail to ana.garcia@example.com please";

        JsonNode shown =
                server.post("/admin/v1/redact", "{\"text\":\"" + text + "\"}").json();

        JsonNode finding = shown.path("findings")
                .valueStream()
                .filter(found -> found.path("type").asString().equals("EMAIL"))
                .findFirst()
                .orElseThrow();
        assertThat(text.substring(
                        finding.path("start").asInt(), finding.path("end").asInt()))
                .isEqualTo("ana.garcia@example.com");
        assertThat(shown.path("text").asString())
                .doesNotContain("ana.garcia")
                .contains(finding.path("replacement").asString());
    }

    @Test
    void redact_byOnePolicy_saysThatItBlocks() {
        JsonNode shown = server.post("/admin/v1/redact", "{\"text\":\"Card 4111 1111 1111 1111\",\"policy\":\"cards\"}")
                .json();

        assertThat(shown.path("verdict").asString()).isEqualTo("block");
        assertThat(shown.path("findings").get(0).path("action").asString()).isEqualTo("block");
        assertThat(shown.path("text").asString()).doesNotContain("4111");
        assertThat(server.post("/admin/v1/redact", "{\"text\":\"x\",\"policy\":\"none-such\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void infrastructure_ofTheResourceFiles_isListed() {
        JsonNode node = server.get("/admin/v1/nodes").json().path("nodes").get(0);
        JsonNode model = server.get("/admin/v1/models").json().path("models").get(0);
        JsonNode policies = server.get("/admin/v1/policies").json();

        assertThat(node.path("name").asString()).isEqualTo("gpu-1");
        assertThat(node.path("zone").asString()).isEqualTo("dc-madrid");
        assertThat(texts(node.path("models"))).containsExactly("llama");
        assertThat(model.path("cost").path("currency").asString()).isEqualTo("EUR");
        assertThat(model.path("replicas").get(0).path("as").asString()).isEqualTo("meta/Llama");
        assertThat(texts(policies.path("policies"), "name")).contains("cards");
        assertThat(policies.path("version").asString()).startsWith("p-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/v1/teams", "/admin/v1/openapi.json", "/metrics", "/", "/v1/models", "/nowhere"})
    void everything_withoutTheRightToken_isRefused(String path) {
        assertThat(server.asWith("", path).status()).isEqualTo(401);
        assertThat(server.asWith("Bearer " + "x".repeat(40), path).status()).isEqualTo(401);
        assertThat(server.asWith("Bearer " + server.firstKey(), path).status()).isEqualTo(401);
        assertThat(server.asWith("Basic YWRtaW46YWRtaW4=", path).status()).isEqualTo(401);
    }

    @Test
    void planes_keepApart() {
        assertThat(server.get("/v1/models").status()).isEqualTo(404);
        assertThat(server.get("/").status()).isEqualTo(404);
        assertThat(server.onDataPort("Bearer " + server.token(), "/v1/models").status())
                .isEqualTo(401);
        assertThat(server.onDataPort("Bearer " + server.firstKey(), "/admin/v1/teams")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void health_withoutToken_answers() {
        assertThat(server.asWith("", "/health/live").status()).isEqualTo(200);
        assertThat(server.asWith("", "/health/ready").status()).isEqualTo(200);
        assertThat(server.get("/metrics").body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void errors_ofPathMethodAndMediaType_haveTheOneForm() {
        assertThat(server.get("/admin/v1/nowhere").code()).isEqualTo("not_found");
        assertThat(server.call("DELETE", "/admin/v1/teams", "").code()).isEqualTo("method_not_allowed");
        assertThat(server.post("/admin/v1/teams", "{\"id\":\"" + "a".repeat(300_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    private static List<JsonNode> recordsOf(String type) {
        return server.get("/admin/v1/audit/records?limit=1000&type=" + type)
                .json()
                .path("records")
                .valueStream()
                .toList();
    }

    private static List<JsonNode> recordsOfKey(String id) {
        return server.get("/admin/v1/audit/records?limit=1000&key=" + id)
                .json()
                .path("records")
                .valueStream()
                .toList();
    }

    private static List<String> texts(Iterable<JsonNode> list, String field) {
        List<String> texts = new java.util.ArrayList<>();
        list.forEach(each -> texts.add(each.path(field).asString()));
        return texts;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
