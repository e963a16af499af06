// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.admin.AdminServer;
import io.intramuros.inference.wiring.WiringModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each command against a real gateway, as a person types it. */
class MainTest {
    private static final JsonMapper JSON = new JsonMapper();

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

    /** What a command did. */
    record Ran(int exit, String out, String err) {
        JsonNode json() {
            return JSON.readTree(out);
        }
    }

    @Test
    void keys_createdListedRotatedRevoked_asJson() {
        Ran created = run("keys", "create", "--team", "default", "--name", "ci", "--expires", "P30D", "-o", "json");
        String id = created.json().path("id").asString();

        assertThat(created.exit()).isZero();
        assertThat(created.json().path("key").asString()).startsWith("imk_" + id + "_");
        assertThat(run("keys", "list", "--team", "default", "-o", "json").out()).contains(id);
        assertThat(run("keys", "rotate", id, "-o", "json").json().path("key").asString())
                .startsWith("imk_" + id);
        assertThat(run("keys", "revoke", id).out()).contains("revoked");
        assertThat(run("keys", "list").out()).containsPattern(id + "  default +default +ci +\\* +revoked");
    }

    @Test
    void keys_createdForPeople_showTheKeyAndSayThatItIsShownOnce() {
        Ran created = run("keys", "create", "--team", "default", "--models", "llama,qwen*");

        assertThat(created.out()).containsPattern("key +imk_").contains("llama,qwen*", "shown this once");
    }

    @Test
    void models_ownFile_isImportedPlannedListedAndRemoved() throws Exception {
        Path file = Files.write(folder.resolve("mine.gguf"), WiringModel.gguf());
        String data = folder.resolve("own-models").toString();

        Ran imported = run("models", "import", file.toString(), "--name", "mine", "--data", data, "-o", "json");
        assertThat(imported.exit()).isZero();
        assertThat(imported.json().path("name").asString()).isEqualTo("mine");
        assertThat(imported.json().path("architecture").asString()).isEqualTo("llama");
        Ran plan = run("plan", "mine", "--context", "128", "--users", "2", "--data", data);
        assertThat(plan.exit()).isZero();
        assertThat(plan.out()).contains("× 128 tokens × 2 users", "W weights, c cache, a activations");
        assertThat(run("models", "rm", "mine", "--data", data).exit()).isZero();
        assertThat(run("models", "ls", "--data", data, "-o", "json").out().strip())
                .isEqualTo("[]");
    }

    @Test
    void models_absentModel_hasAnExitStatusOfItsOwn() {
        assertThat(run(
                                "models",
                                "show",
                                "absent",
                                "--data",
                                folder.resolve("own-models").toString())
                        .exit())
                .isEqualTo(3);
    }

    @Test
    void teamsAndProjects_createdAndListed_areAligned() {
        assertThat(run("teams", "create", "research", "--name", "Research").exit())
                .isZero();
        assertThat(run("projects", "create", "lab", "--team", "research").exit())
                .isZero();

        assertThat(run("teams").out()).contains("id        name\n").contains("research  Research\n");
        assertThat(run("projects", "list", "--team", "research").out()).contains("lab      research  lab\n");
    }

    @Test
    void quota_setAndTakenAway_isWhatIsShown() {
        run("teams", "create", "limited");

        Ran set = run("quota", "set", "team:limited", "requests=100/PT1M,burst=10", "cost=2.5/month", "concurrency=8");

        assertThat(set.exit()).isZero();
        assertThat(run("quota", "get", "team:limited").out())
                .containsPattern("team:limited +requests +100 +PT1M +10 +\\*")
                .containsPattern("team:limited +cost +2.5 +month +- +\\*")
                .containsPattern("team:limited +concurrency +8 +- +- +\\*");
        assertThat(run("quota", "set", "team:limited").exit()).isEqualTo(Exit.USAGE);
        assertThat(run("quota", "set", "team:limited", "--none").exit()).isZero();
        assertThat(run("quota", "get", "team:limited", "-o", "json").json().path("limits"))
                .isEmpty();
    }

    @Test
    void lists_ofTheGateway_showItsResources() {
        assertThat(run("nodes").out()).contains("gpu-1").contains("dc-madrid");
        assertThat(run("models").out()).contains("llama").contains("gpt-4o-mini");
        assertThat(run("policy", "list").out()).contains("cards");
        assertThat(run("usage", "--by", "team").out())
                .startsWith("team  requests  refused  tokens.in  tokens.out  cost");
    }

    @Test
    void redactBench_folderOfKnownTexts_printsRecallAndPrecision(@TempDir Path sets) throws IOException {
        Files.writeString(sets.resolve("mine.jsonl"), """
                {"text": "Mail ana.garcia@example.com and bob", "lang": "en", "source": "x", "spans": [{"start": 5, "end": 27, "type": "EMAIL"}, {"start": 32, "end": 35, "type": "PERSON"}]}
                """);
        Files.writeString(sets.resolve("train-x.jsonl"), "never read");
        Files.writeString(sets.resolve("identifiers.tsv"), """
                kind\ttype\tcountry\tvalue\tvalidity\tcontext
                ES_DNI\tNATIONAL_ID\tES\t12345678Z\tvalid\tDNI
                ES_DNI\tNATIONAL_ID\tES\t12345678A\tinvalid\tDNI
                XX\tNATIONAL_ID\tES\tabc\tvalid\tword
                """);
        Files.writeString(sets.resolve("evasion.tsv"), "wide\tjane.doe\\u{FF20}example.com\t0\t20\n");

        JsonNode all = run("redact", "bench", sets.toString(), "-o", "json").json();

        JsonNode set = all.path("sets").path(0);
        assertThat(set.path("file").asString()).isEqualTo("mine.jsonl");
        assertThat(set.path("types").findValuesAsString("type")).contains("EMAIL", "PERSON", "ALL");
        JsonNode last = set.path("types").path(set.path("types").size() - 1);
        assertThat(last.path("recall").asDouble()).isEqualTo(0.5);
        assertThat(last.path("precision").asDouble()).isEqualTo(1);
        JsonNode evasions = all.path("checks").path(0);
        assertThat(evasions.path("found").asInt()).isEqualTo(1);
        JsonNode identifiers = all.path("checks").path(1);
        assertThat(identifiers.path("hidden").asInt()).isEqualTo(2);
        assertThat(identifiers.path("found").asInt()).isEqualTo(1);
        assertThat(identifiers.path("wrong").asInt()).isZero();
        assertThat(identifiers.path("missed").path(0).asString()).isEqualTo("XX");
        assertThat(run("redact", "bench", sets.toString()).out())
                .contains("mine.jsonl, en: 35 characters", "evasion.tsv");
    }

    @Test
    void redactBench_folderWithoutSets_saysWhatItExpects(@TempDir Path empty) {
        Ran ran = run("redact", "bench", empty.toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no sets (expected: *.jsonl");
    }

    @Test
    void redact_noText_isAWrongCommandLine() {
        assertThat(run("redact").exit()).isEqualTo(64);
    }

    @Test
    void redact_text_showsWhatWouldBeSentOn() {
        Ran shown = run("redact", "Mail to ana.garcia@example.com", "--policy", "cards");

        assertThat(shown.out()).startsWith("Mail to [EMAIL]").contains("mask");
    }

    @Test
    void audit_searchedExportedAndVerified() {
        run("teams", "create", "audited");

        assertThat(run("audit", "records", "--type", "team.created", "--team", "audited")
                        .out())
                .contains("admin");
        assertThat(run("audit", "export", "--format", "csv").out()).startsWith("idx,ts,type");
        Path log = server.data().resolve("audit");
        Ran verified = run("audit", "verify", "--vkey", log.resolve("vkey").toString(), log.toString());
        assertThat(verified.exit()).isIn(0, 4); // the log is being written, so its end may not be signed yet
        assertThat(verified.out()).containsAnyOf("ok:", "unsigned tail:");
    }

    @Test
    void apply_fileTwice_changesOnceWhatDiffers() throws IOException {
        Path file = Files.writeString(folder.resolve("tenants.yaml"), """
                apiVersion: intramuros.io/v1
                kind: Tenants
                teams:
                  - { id: applied, name: Applied, projects: [ { id: app } ] }
                quotas:
                  - scope: team:applied
                    limits: [ { unit: requests, amount: 100, per: PT1M }, { unit: cost, amount: 1.50, per: month } ]
                """);

        Ran dry = run("apply", "-f", file.toString(), "--dry-run");
        Ran first = run("apply", "-f", file.toString());
        Ran second = run("apply", "-f", file.toString());

        assertThat(dry.out().lines()).hasSize(3);
        assertThat(first.out())
                .isEqualTo(dry.out())
                .contains("+ team applied", "+ project applied/app", "~ quota team:applied");
        assertThat(second.out()).isEqualTo("Nothing differs.\n");
        assertThat(run("quota", "get", "team:applied").out()).contains("1.5");
    }

    @Test
    void apply_fileWithAFault_namesItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "kind: Tenants\nteams:\n  - { id: a, nmae: b }\n");

        Ran ran = run("apply", "-f", file.toString());

        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("wrong.yaml:3").contains("did you mean \"name\"?");
    }

    @Test
    void policyTest_ofAFolder_saysWhichTestFails() throws IOException {
        Path file = Files.writeString(folder.resolve("policies.yaml"), """
                apiVersion: intramuros.io/v1
                kind: Policy
                metadata: { name: cards }
                spec: { request: { CREDIT_CARD: block } }
                tests:
                  - request: { model: m, text: "Card 4111 1111 1111 1111" }
                    expect:  { verdict: block, because: CREDIT_CARD }
                  - request: { model: m, text: "no card" }
                    expect:  { verdict: block, because: CREDIT_CARD }
                """);

        Ran ran = run("policy", "test", file.toString());

        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.out()).contains("policies.yaml:6").contains("passed").contains("says allow");
    }

    @Test
    void doctor_ofAGatewayThatServes_findsTheTokenAndTheLogInOrder() {
        Ran ran = run("doctor", "-o", "json");

        assertThat(ran.json()
                        .path("checks")
                        .valueStream()
                        .filter(check -> check.path("ok").asBoolean())
                        .map(check -> check.path("check").asString()))
                .contains("jdk", "gateway", "admin token", "models", "audit log");
    }

    @Test
    void errors_areOneLineAndSayWhatToDo() {
        assertThat(run("teams", "create", "Not An Id").err()).hasLineCount(1).contains("expected:");
        assertThat(run("keys", "revoke", "000000000000").exit()).isEqualTo(Exit.FAILED);
        Ran nobody = with(Map.of("INTRAMUROS_ADMIN_URL", "http://127.0.0.1:9"), "teams");
        assertThat(nobody.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(nobody.err()).hasLineCount(1).contains("intramuros up");
        Ran wrong = with(Map.of("INTRAMUROS_ADMIN_TOKEN", "x".repeat(40)), "teams");
        assertThat(wrong.exit()).isEqualTo(Exit.NO_PERMISSION);
        assertThat(wrong.err()).contains("DATA/admin-token");
        Ran none = with(Map.of("INTRAMUROS_DATA", folder.resolve("nowhere").toString()), "teams");
        assertThat(none.exit()).isEqualTo(Exit.NO_PERMISSION);
    }

    @ParameterizedTest
    @CsvSource({"'',no command", "keys,Missing required subcommand", "teams --colour,Unknown option"})
    void wrongCommandLine_isOneLineWithTheHelpToAskFor(String line, String says) {
        Ran ran = run(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains(says).contains("--help");
    }

    @Test
    void commands_butUp_loadNothingOfSpring() throws Exception {
        ProcessBuilder teams = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "teams",
                "-o",
                "json");
        teams.environment().put("INTRAMUROS_ADMIN_URL", server.url());
        teams.environment().put("INTRAMUROS_DATA", server.data().toString());
        Process process = teams.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(out).contains("\"teams\"").contains(Main.class.getName());
        assertThat(out.lines().filter(line -> line.contains("org.springframework")))
                .isEmpty();
    }

    private static Ran run(String... arguments) {
        return with(Map.of(), arguments);
    }

    private static Ran with(Map<String, String> variables, String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("INTRAMUROS_ADMIN_URL", server.url());
        environment.put("INTRAMUROS_DATA", server.data().toString());
        environment.putAll(variables);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(new Terminal(environment, printer(out), printer(err)), arguments);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printer(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
