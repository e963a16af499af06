// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.audit.BundleCheck;
import io.intramuros.audit.TlogProof;
import io.intramuros.audit.VerifierKey;
import io.intramuros.audit.Verify;
import io.intramuros.gateway.admin.AdminServer.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The log over the admin plane: what it hands out is verified by the library alone. */
class AuditApiTest {
    @TempDir
    static Path folder;

    static AdminServer server;

    @BeforeAll
    static void start() {
        server = AdminServer.start(folder);
        server.post("/admin/v1/teams", "{\"id\":\"audited\"}");
        server.post("/admin/v1/teams", "{\"id\":\"held\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static VerifierKey key() throws Exception {
        return VerifierKey.parse(Files.readString(server.data().resolve("audit/vkey")));
    }

    private static Verify.Report verified(String path) throws Exception {
        Path zip = folder.resolve("taken.zip");
        Files.deleteIfExists(zip); // or a shorter file would end in the longer one's bytes
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("authorization", "Bearer " + server.token())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Path> answer = client.send(request, HttpResponse.BodyHandlers.ofFile(zip));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/zip");
        }
        return BundleCheck.verify(zip, List.of(key()));
    }

    private static List<JsonNode> records(String query) {
        return server.get("/admin/v1/audit/records?limit=1000&" + query)
                .json()
                .path("records")
                .valueStream()
                .toList();
    }

    @Test
    void export_bundle_provesItself() throws Exception {
        Verify.Report all = verified("/admin/v1/audit/export?format=bundle");
        Verify.Report team = verified("/admin/v1/audit/export?format=bundle&team=audited");

        assertThat(all.verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(all.says()).endsWith("all of the period");
        assertThat(team.verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(team.says()).endsWith(" records of 1 logs, all of the team's in the period");
    }

    @ParameterizedTest
    @ValueSource(strings = {"integrity", "zero-egress", "access-review", "control-failures"})
    void evidence_pack_provesItself(String pack) throws Exception {
        assertThat(verified("/admin/v1/audit/evidence?pack=" + pack).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(records("type=audit.exported").getLast().path("asked_pack").asString())
                .isEqualTo(pack);
    }

    @Test
    void proof_record_leadsToTheCheckpoint() throws Exception {
        JsonNode record = records("type=team.created").getFirst();

        TlogProof proof = TlogProof.parse(
                server.get("/admin/v1/audit/proof?index=" + record.path("idx").asLong())
                        .body());

        assertThat(proof.index()).isEqualTo(record.path("idx").asLong());
        assertThat(proof.verify(key(), record.toString()).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(server.get("/admin/v1/audit/proof?index=999999999").status()).isEqualTo(400);
        assertThat(server.get("/admin/v1/audit/proof?index=x").status()).isEqualTo(400);
        assertThat(server.get("/admin/v1/audit/checkpoint").body()).startsWith("intramuros/default\n");
    }

    @Test
    void records_read_areRecordedWithWhatWasAsked() {
        records("type=team.created&team=audited");

        JsonNode read = records("type=audit.read").getLast();
        assertThat(read.path("asked_type").asString()).isEqualTo("audit.read");
        assertThat(records("type=audit.read"))
                .anyMatch(record -> record.path("asked_team").asString().equals("audited")
                        && record.path("actor").asString().equals("admin"));
        assertThat(records("finding=EMAIL")).isEmpty();
        assertThat(server.get("/admin/v1/audit/records?type=" + "x".repeat(201)).status())
                .isEqualTo(400);
        assertThat(server.get("/admin/v1/audit/records?colour=red").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ocsf", "cef"})
    void export_formsForOtherSystems_haveARowForEachRecord(String format) {
        Answer file = server.get("/admin/v1/audit/export?team=audited&format=" + format);

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body().lines()).hasSize(1).allMatch(line -> line.contains("team.created"));
        assertThat(server.get("/admin/v1/audit/export?limit=1").status()).isEqualTo(400);
    }

    @Test
    void holds_twoAdministrators_setAndLiftThem() {
        String body = "{\"id\":\"case-1\",\"team\":\"held\",\"from\":\"2020-01-01\",\"to\":\"2050-01-01\"}";
        assertThat(server.post("/admin/v1/audit/holds", body)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("proposed");
        assertThat(server.post("/admin/v1/audit/holds/case-1/set", "").status()).isEqualTo(400);
        assertThat(server.postAs(AdminServer.ANAS_TOKEN, "/admin/v1/audit/holds/case-1/set", "")
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("set");
        assertThat(server.post("/admin/v1/audit/holds/case-1/lift", "").status())
                .isEqualTo(200);
        assertThat(server.post("/admin/v1/audit/holds/case-1/lift", "").status())
                .isEqualTo(400);
        server.postAs(AdminServer.ANAS_TOKEN, "/admin/v1/audit/holds/case-1/lift", "");

        JsonNode holds = server.get("/admin/v1/audit/holds").json().path("holds");
        assertThat(holds.get(0).path("state").asString()).isEqualTo("lifted");
        assertThat(server.post("/admin/v1/audit/holds", body).status()).isEqualTo(400);
        assertThat(records("type=hold.set").getFirst().path("actor").asString()).isEqualTo("ana");
    }

    @Test
    void prune_nothingThatOld_takesNothing() {
        assertThat(server.post("/admin/v1/audit/prune", "{}")
                        .json()
                        .path("segments")
                        .asInt())
                .isZero();
        assertThat(server.post("/admin/v1/audit/prune", "{\"standard\":\"P30D\",\"highRisk\":[\"audited\"]}")
                        .status())
                .isEqualTo(400);
        // Those that the settings name are at high risk, whether a request says so or not.
        assertThat(server.post("/admin/v1/audit/prune", "{\"standard\":\"P30D\"}")
                        .message())
                .contains("PT720H", "PT4416H");
    }

    @Test
    void verify_log_isSoundAndRecorded() {
        JsonNode verdict = server.post("/admin/v1/audit/verify", "").json();

        assertThat(verdict.path("ok").asBoolean()).isTrue();
        assertThat(records("type=audit.verified").getLast().path("actor").asString())
                .isEqualTo("admin");
    }
}
