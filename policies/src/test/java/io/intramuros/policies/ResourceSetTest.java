// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static io.intramuros.policies.Samples.faults;
import static io.intramuros.policies.Samples.policy;
import static io.intramuros.policies.Samples.read;
import static io.intramuros.policies.Samples.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.policies.yaml.ConfigurationException;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.EntityType;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceSetTest {
    private static final String DESIGN = """
            apiVersion: intramuros.io/v1
            kind: Node
            metadata: { name: gpu-1 }
            spec:
              type: openai
              url: http://10.1.2.3:8000
              zone: dc-madrid
              auth: { bearerFrom: env:GPU1_TOKEN }
              maxConcurrent: 48
            ---
            apiVersion: intramuros.io/v1
            kind: Model
            metadata: { name: llama-3.1-8b }
            spec:
              replicas: [ { node: gpu-1, as: meta-llama/Llama-3.1-8B-Instruct } ]
              context: 8192
              capabilities: [chat, tools]
              aliases: [gpt-4o-mini]
              cost: { inputPerMillion: 0.20, outputPerMillion: 0.60, currency: EUR }
            ---
            apiVersion: intramuros.io/v1
            kind: Issuer
            metadata: { name: corp }
            spec:
              issuer: https://login.corp.example
              jwksUri: https://login.corp.example/jwks
              audience: intramuros
              clients: [ { clientId: svc-payments, team: payments, project: default } ]
              roles: { claim: groups, map: { ai-admins: org-admin, ai-audit: auditor } }
            ---
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: payments }
            spec:
              appliesTo: { teams: [payments] }
              when: caller.kind == "key"
              request:  { default: pseudonymize, CREDIT_CARD: block, EMAIL: mask, DATE: allow }
              response: { restore: true, default: allow, SECRET: mask }
              models:   { allow: ["smollm2-135m-instruct", "qwen*"], maxOutputTokens: 2048 }
              nodes:    { zones: [dc-madrid] }
            tests:
              - request: { model: smollm2-135m-instruct, text: "Card 4111 1111 1111 1111" }
                expect:  { verdict: block, because: CREDIT_CARD }
            """;

    private static final String NODE = resource("Node", "n1", "type: onnx\nurl: http://127.0.0.1:9000\n");

    @Test
    void read_designsNode_isFilled() {
        Node node = read(DESIGN).node("gpu-1").orElseThrow();

        assertThat(node.type()).isEqualTo(Node.Type.OPENAI);
        assertThat(node.url()).isEqualTo(URI.create("http://10.1.2.3:8000"));
        assertThat(node.zone()).isEqualTo("dc-madrid");
        assertThat(node.auth()).isEqualTo(new Node.Auth(new SecretSource("env:GPU1_TOKEN")));
        assertThat(node.maxConcurrent()).isEqualTo(48);
    }

    @Test
    void read_designsModel_isFilledAndFoundByAlias() {
        Model model = read(DESIGN).model("gpt-4o-mini").orElseThrow();

        assertThat(model.name()).isEqualTo("llama-3.1-8b");
        assertThat(model.nameOn(model.replicas().getFirst())).isEqualTo("meta-llama/Llama-3.1-8B-Instruct");
        assertThat(model.context()).isEqualTo(8192);
        assertThat(model.capabilities()).containsExactlyInAnyOrder(Model.Capability.CHAT, Model.Capability.TOOLS);
        assertThat(model.cost()).isEqualTo(new Model.Cost(new BigDecimal("0.20"), new BigDecimal("0.60"), "EUR"));
        assertThat(model.maxOutputTokens()).isEqualTo(4096);
    }

    @Test
    void read_designsIssuer_isFilled() {
        Issuer issuer = read(DESIGN).issuers().getFirst();

        assertThat(issuer.clients()).containsExactly(new Issuer.Client("svc-payments", "payments", "default"));
        assertThat(issuer.roles())
                .isEqualTo(new Issuer.Roles(
                        "groups", Map.of("ai-admins", Issuer.Role.ORG_ADMIN, "ai-audit", Issuer.Role.AUDITOR)));
    }

    @Test
    void read_designsPolicy_isFilled() {
        Policy policy = read(DESIGN).policies().policies().getFirst();

        assertThat(policy.mode()).isEqualTo(Policy.Mode.ENFORCE);
        assertThat(policy.appliesTo().teams()).isEqualTo(Set.of("payments"));
        assertThat(policy.request())
                .isEqualTo(new Policy.RequestRules(
                        Action.PSEUDONYMIZE,
                        Map.of(
                                EntityType.CREDIT_CARD,
                                Action.BLOCK,
                                EntityType.EMAIL,
                                Action.MASK,
                                EntityType.DATE,
                                Action.ALLOW)));
        assertThat(policy.models().maxOutputTokens()).isEqualTo(2048);
        assertThat(policy.tests()).hasSize(1);
    }

    @Test
    void read_nothingSaid_takesDefaults() {
        Model model = read(NODE, resource("Model", "m", "replicas: [ { node: n1 } ]\ncontext: 10\n"))
                .models()
                .getFirst();

        assertThat(model.nameOn(model.replicas().getFirst())).isEqualTo("m");
        assertThat(model.capabilities()).containsExactlyInAnyOrder(Model.Capability.CHAT, Model.Capability.COMPLETION);
        assertThat(model.cost()).isNull();
        assertThat(read(NODE).nodes().getFirst().zone()).isEqualTo("default");
    }

    @Test
    void read_faultsInSeveralFiles_areReportedTogether() {
        List<String> faults = faults(
                policy("a", "requst: { EMAIL: mask }\n"),
                resource("Node", "n", "type: openai\nurl: ftp://x\n"),
                resource("Model", "m", "replicas: [ { node: n } ]\ncontext: 0\n"));

        assertThat(faults)
                .containsExactly(
                        "f1.yaml:5:3: requst: unknown key (did you mean \"request\"?)",
                        "f2.yaml:6:8: url: not an address (expected: http or https ://host:port)",
                        "f3.yaml:6:12: context: 0 (expected: a whole number from 1 to 100000000)");
    }

    @Test
    void read_oneNameTwice_namesBothFiles() {
        assertThat(faults(NODE, NODE)).containsExactly("f2.yaml:1:1: Node n1: already defined at f1.yaml:1:1");
    }

    @Test
    void read_oneNameInTwoKinds_isFine() {
        ResourceSet set = read(NODE, resource("Model", "n1", "replicas: [ { node: n1 } ]\ncontext: 10\n"));

        assertThat(set.models()).hasSize(1);
    }

    @Test
    void read_aliasIsAModelsName_isRefused() {
        String model = resource("Model", "m1", "replicas: [ { node: n1 } ]\ncontext: 10\n");
        String other = resource("Model", "m2", "replicas: [ { node: n1 } ]\ncontext: 10\naliases: [m1]\n");

        assertThat(faults(NODE, model, other)).containsExactly("f3.yaml:5:3: Model m1: already defined at f2.yaml:1:1");
    }

    @Test
    void read_unknownNode_suggestsTheNearest() {
        assertThat(faults(NODE, resource("Model", "m", "replicas: [ { node: n2 } ]\ncontext: 10\n")))
                .containsExactly("f2.yaml:5:15: node: n2: no such Node (did you mean \"n1\"?)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a:1/path",
                "http://user:pw@a:1",
                "http://a:1?q=1",
                "http://a:1#f",
                "//a:1",
                "http:///x",
                "unix:/run/x",
                "http://a:0",
                "http://a:70000",
                "http://a b:1"
            })
    void read_badUrl_isRefusedWithoutRepeatingIt(String url) {
        List<String> faults = faults(resource("Node", "n", "type: ollama\nurl: \"" + url + "\"\n"));

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst()).startsWith("f1.yaml:6:8: url: ").doesNotContain(url);
    }

    @Test
    void read_secretInsteadOfReference_isRefusedWithoutRepeatingIt() {
        List<String> faults =
                faults(resource("Node", "n", "type: ollama\nurl: http://a:1\nauth: { bearerFrom: sk-very-secret }\n"));

        assertThat(faults)
                .containsExactly(
                        "f1.yaml:7:23: bearerFrom: not a reference (expected: env:NAME or file:/absolute/path)");
    }

    @ParameterizedTest
    @CsvSource({
        "apiVersion: v1, apiVersion: intramuros.io/v1, 'f1.yaml:1:13: apiVersion: \"v1\" (expected: intramuros.io/v1)'",
        "kind: Polcy, kind: Policy, 'f1.yaml:2:7: kind: Polcy (did you mean \"Policy\"?)'",
        "metadata: { name: A b }, metadata: { name: p }, "
                + "'f1.yaml:3:11: metadata: \"A b\" (expected: [a-z0-9][a-z0-9._-]{0,62})'",
    })
    void read_badEnvelope_isRefused(String wrong, String right, String fault) {
        assertThat(faults(policy("p", "mode: enforce\n").replace(right, wrong))).containsExactly(fault);
    }

    @Test
    void read_testsInANode_areRefused() {
        assertThat(faults(NODE + "tests:\n- { request: {}, expect: { verdict: allow } }\n"))
                .containsExactly("f1.yaml:8:1: tests: in a Node (expected: only in a Policy)");
    }

    @ParameterizedTest
    @CsvSource({
        "appliesTo: { teams: [] }, teams",
        "appliesTo: { projects: [] }, projects",
        "appliesTo: { keys: [] }, keys",
        "models: { allow: [] }, allow",
        "nodes: { zones: [] }, zones",
    })
    void read_emptyRestriction_isRefusedAsNobodyKnowsWhatItMeans(String spec, String key) {
        assertThat(faults(policy("p", spec + "\n")))
                .singleElement()
                .asString()
                .endsWith(key + ": an empty list (expected: at least one entry, or no such key for all)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "patterns: ['[0-9']|patterns",
                "patterns: ['x*']|patterns",
                "{}|patterns",
                "words: [' ']|words",
                "patterns: ['(?<=a)b']|patterns",
            })
    void read_badDetector_isRefused(String spec, String key) {
        assertThat(faults(resource("Detector", "d", spec + "\n")))
                .isNotEmpty()
                .first()
                .asString()
                .contains(key);
    }

    @Test
    void read_detector_isFilled() {
        Detector detector = read(resource(
                        "Detector", "staff", "type: EMPLOYEE_ID\npatterns: ['EMP-[0-9]{6}']\nwords: [Falcon]\n"))
                .detectors()
                .getFirst();

        assertThat(detector.type()).isEqualTo(EntityType.EMPLOYEE_ID);
        assertThat(detector.patterns()).containsExactly("EMP-[0-9]{6}");
        assertThat(detector.words()).containsExactly("Falcon");
    }

    @Test
    void load_folder_readsYamlAtAnyDepthButHiddenNamesAndSettings(@TempDir Path folder) throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Path hidden = Files.createDirectories(folder.resolve("..2026_01_01"));
        Files.writeString(deep.resolve("node.yml"), NODE);
        Files.writeString(hidden.resolve("node.yaml"), NODE);
        Files.writeString(folder.resolve("intramuros.yaml"), "listen: {}\n");
        Files.writeString(folder.resolve("notes.txt"), "no yaml: [");
        Files.createSymbolicLink(
                folder.resolve("policy.yaml"), Files.writeString(folder.resolve(".p"), policy("p", "{}\n")));

        ResourceSet set = ResourceSet.load(List.of(folder), List.of("none"));

        assertThat(set.nodes()).extracting(Node::name).containsExactly("n1");
        assertThat(set.policies().policies()).extracting(Policy::name).containsExactly("none", "p");
    }

    @Test
    void load_missingFileAndUnknownPack_areBothReported(@TempDir Path folder) {
        Path missing = folder.resolve("nowhere");

        assertThatThrownBy(() -> ResourceSet.load(List.of(missing), List.of("gdpr-defalt")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<packs>:1:1: gdpr-defalt: unknown pack (did you mean \"gdpr-default\"?)\n" + missing
                        + ":1:1: cannot be read: NoSuchFileException");
    }

    @Test
    void secretSource_environmentAndFile_areRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file\n");

        assertThat(new SecretSource("env:T").read(Map.of("T", "from-env"))).isEqualTo("from-env");
        assertThat(new SecretSource("file:" + file).read(Map.of())).isEqualTo("from-file");
        assertThatThrownBy(() -> new SecretSource("env:T").read(Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("env:T: nothing there (expected: the secret)");
    }
}
