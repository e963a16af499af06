// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's clients for Python and Node, as they are published, each with a script that uses them as anybody would. They
 * are installed below {@code target}, from the registries that pip and npm are set to, and kept there.
 */
class ForeignClientsTest {
    private static final String EMAIL = "jane.roe@corp.example";
    private static final String PHONE = "+34 612 345 678";
    private static final List<String> CHECKS = List.of(
            "chat",
            "chat usage",
            "stream",
            "stream usage",
            "tool",
            "tool streamed",
            "tool history",
            "embeddings",
            "models",
            "401",
            "404",
            "400",
            "429",
            "429 retried",
            "timeout",
            "cancel");
    private static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target", "clients").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private RecordingUpstream node;
    private LiveGateway gateway;

    @BeforeEach
    void start() {
        node = new RecordingUpstream(new Parrot());
        gateway = LiveGateway.start(folder, List.of(node.url()), "", Map.of(Setting.CLIENT_STALL, "PT5S"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @Test
    void python_officialClient_worksAndNoNodeSeesWhatIsPersonal() throws Exception {
        assumeTrue(
                run(Map.of(), List.of("python3", "-m", "pip", "--version")).status() == 0,
                "skipped: no python3 with pip on this machine");
        Path packages = INSTALLED.resolve("python");
        if (!Files.exists(packages.resolve("whole"))) {
            Ended installed = run(
                    Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
                    List.of(
                            "python3",
                            "-m",
                            "pip",
                            "install",
                            "--quiet",
                            "--no-deps",
                            "--no-compile",
                            "--upgrade",
                            "--target",
                            packages.toString(),
                            "--requirement",
                            SCRIPTS.resolve("python/requirements.txt").toString()));
            assumeTrue(installed.status() == 0, "skipped: pip cannot install the client: " + last(installed));
            Files.createFile(packages.resolve("whole"));
        }

        works(run(
                environment("PYTHONPATH", packages.toString()),
                List.of("python3", SCRIPTS.resolve("python/scenario.py").toString())));
    }

    @Test
    void node_officialClient_worksAndNoNodeSeesWhatIsPersonal() throws Exception {
        assumeTrue(
                run(Map.of(), List.of("npm", "--version")).status() == 0, "skipped: no node with npm on this machine");
        Path packages = Files.createDirectories(INSTALLED.resolve("node"));
        if (!Files.exists(packages.resolve("whole"))) {
            for (String file : List.of("package.json", "package-lock.json"))
                Files.write(
                        packages.resolve(file),
                        Files.readAllBytes(SCRIPTS.resolve("node").resolve(file)));
            Ended installed = run(
                    Map.of(),
                    List.of(
                            "npm",
                            "ci",
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            "--prefix",
                            packages.toString()));
            assumeTrue(installed.status() == 0, "skipped: npm cannot install the client: " + last(installed));
            Files.createFile(packages.resolve("whole"));
        }

        works(run(
                environment("INSTALLED", packages.toString()),
                List.of("node", SCRIPTS.resolve("node/scenario.mjs").toString())));
    }

    /** Every check was made and held; the node saw surrogates alone, and was told when the caller left. */
    private void works(Ended ended) throws InterruptedException {
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output().lines().filter(line -> line.startsWith("holds: ")))
                .containsExactlyElementsOf(
                        CHECKS.stream().map(check -> "holds: " + check).toList());
        assertThat(node.requests())
                .hasSizeGreaterThan(8)
                .allSatisfy(request -> assertThat(request.body())
                        .doesNotContain(EMAIL)
                        .doesNotContain("jane")
                        .doesNotContain(PHONE)
                        .doesNotContain("612 345"));
        assertThat(node.requests())
                .anySatisfy(request -> assertThat(request.body())
                        .containsPattern("\\[EMAIL_[a-z2-7]{8,}\\]")
                        .containsPattern("\\[PHONE_[a-z2-7]{8,}\\]"));
        // one that timed out, and one that closed its stream
        assertThat(node.awaitHangUp(Duration.ofSeconds(10))).isTrue();
        assertThat(node.awaitHangUp(Duration.ofSeconds(10))).isTrue();
    }

    private Map<String, String> environment(String name, String value) {
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"narrow\",\"name\":\"Narrow\"}");
        gateway.admin(
                "PUT",
                "/admin/v1/quotas",
                "{\"scope\":\"team:narrow\",\"limits\":[{\"unit\":\"requests\",\"amount\":1,\"per\":\"PT2S\",\"burst\":1}]}");
        String narrow = gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"narrow\",\"project\":\"default\",\"name\":\"n\"}")
                .json()
                .path("key")
                .asString();
        return Map.of(
                "BASE_URL",
                gateway.url("/v1").toString(),
                "KEY",
                gateway.key(),
                "NARROW_KEY",
                narrow,
                "EMAIL",
                EMAIL,
                "PHONE",
                PHONE,
                name,
                value);
    }

    private static String last(Ended ended) {
        return ended.output().lines().reduce("", (_, line) -> line);
    }

    /** What a process left: its status, and both its streams together. */
    private record Ended(int status, String output) {}

    private static Ended run(Map<String, String> environment, List<String> command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output);
        } catch (IOException e) {
            return new Ended(127, e.toString()); // there is no such program
        }
    }
}
