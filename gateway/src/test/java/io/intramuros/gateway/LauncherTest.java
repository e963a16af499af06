// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real launcher script against stand-ins for JDK and Maven in a folder of their own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cp",
            "date",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "sort",
            "tail",
            "touch");

    @TempDir
    private Path root;

    private Path tools;
    private Path jdks;
    private final Map<String, String> environment = new HashMap<>(Map.of("INTRAMUROS_ADMIN_TOKEN", "secret"));

    @BeforeEach
    void only_the_tools_that_the_launcher_needs_are_on_the_path() throws IOException {
        root = root.toRealPath();
        tools = Files.createDirectories(root.resolve("tools"));
        jdks = Files.createDirectories(root.resolve("jdks"));
        tools(TOOLS.toArray(String[]::new));
    }

    private void tools(String... names) throws IOException {
        Tools.into(tools, List.of(names));
    }

    @Test
    void run_javaHomeTooOld_takesTheNewerOneOfTheUsualFolders() throws Exception {
        Path old = jdk("seventeen", "17.0.15");
        jdk("twentysix", "26.0.1");
        Ended ended = launch(distribution(), old, "keys", "a b");
        assertThat(ended.output())
                .contains("jdks/twentysix runs")
                .contains("[Main]")
                .contains("[keys]", "[a b]");
        assertThat(ended.status()).isEqualTo(7);
    }

    @Test
    void run_javaHomeNewEnough_takesIt() throws Exception {
        Path home = jdk("mine", "25");
        jdk("another", "25.0.2");
        assertThat(launch(distribution(), home, "keys").output()).contains("jdks/mine runs");
    }

    @Test
    void run_command_takesTheProcessOver() throws Exception {
        Ended ended = launch(distribution(), jdk("mine", "25"), "up");
        assertThat(ended.output()).contains("jdks/mine runs as " + ended.pid() + "\n");
    }

    @Test
    void up_firstRun_makesItsCacheWithoutOurEnvironmentAndEachRunUsesIt() throws Exception {
        Path launcher = distribution();
        Path home = jdk("mine", "25");
        cachingJava(home);
        Ended first = launch(launcher, home, "up", "--port", "9");
        assertThat(first.output())
                .contains(
                        "making a cache of classes", "jdks/mine runs", "-XX:AOTCache=" + root + "/dist/up.aot", "[9]");
        assertThat(root.resolve("dist/up.aot")).content().contains("--offline").doesNotContain("[9]", "secret");
        assertThat(launch(launcher, home, "up").output())
                .doesNotContain("making a cache")
                .contains("-XX:AOTCache=" + root + "/dist/up.aot");
        assertThat(launch(launcher, home, "keys").output()).doesNotContain("up.aot");
    }

    @Test
    void up_cacheCannotBeMade_startsAllTheSameAndIsNotTriedAgain() throws Exception {
        Path launcher = distribution();
        Path home = jdk("mine", "25");
        Ended first = launch(launcher, home, "up");
        assertThat(first.output()).contains("making a cache", "jdks/mine runs").doesNotContain("AOTCache=");
        assertThat(first.status()).isEqualTo(7);
        assertThat(launch(launcher, home, "up").output())
                .contains("jdks/mine runs")
                .doesNotContain("making a cache");
    }

    @Test
    void up_help_makesNoCache() throws Exception {
        assertThat(launch(distribution(), jdk("mine", "25"), "up", "--help").output())
                .contains("jdks/mine runs", "[--help]")
                .doesNotContain("making a cache");
    }

    @Test
    void dist_packedUnbuilt_takesTheModelAlreadyPulledAndNoOther() throws Exception {
        tools("chmod", "gzip", "tar");
        Path launcher = sourceTree("echo no build was asked for; exit 1");
        Path lib = Files.createDirectories(root.resolve("tree/gateway/target/app/lib"));
        Files.writeString(lib.resolve("intramuros-gateway-1.jar"), "");
        Path models = root.resolve("pulled/models");
        for (String name : List.of("smollm2-135m-instruct", "another"))
            Files.writeString(Files.createDirectories(models.resolve(name)).resolve("model.gguf"), name);
        environment.put("INTRAMUROS_NO_BUILD", "1");
        environment.put("INTRAMUROS_DATA", root.resolve("pulled").toString());

        Ended ended = launch(launcher, jdk("mine", "25"), "dist", "--offline");

        assertThat(ended.status()).as(ended.output()).isZero();
        Path packed = root.resolve("tree/gateway/target/dist/intramuros-1.2.3");
        assertThat(packed.resolve("models/smollm2-135m-instruct/model.gguf")).hasContent("smollm2-135m-instruct");
        assertThat(packed.resolve("models/another")).doesNotExist();
        assertThat(packed.resolve("lib/intramuros-gateway-1.jar")).exists();
        assertThat(packed.resolveSibling("intramuros-1.2.3.tar.gz")).isNotEmptyFile();
    }

    @Test
    void dist_noModelAtHand_saysSo() throws Exception {
        tools("chmod", "gzip", "tar");
        Path launcher = sourceTree("exit 1");
        Files.writeString(
                Files.createDirectories(root.resolve("tree/gateway/target/app/lib"))
                        .resolve("a.jar"),
                "");
        environment.put("INTRAMUROS_NO_BUILD", "1");
        Ended ended = launch(launcher, jdk("mine", "25"), "dist", "--offline");
        assertThat(ended.output()).contains("the distribution comes without it").doesNotContain("jdks/mine runs");
        assertThat(ended.status()).isZero();
    }

    @Test
    void run_noJdkNewEnough_saysWhatItFoundAndWhatToDo() throws Exception {
        jdk("eight", "1.8.0_402");
        Ended ended = launch(distribution(), jdk("twentyfour", "24.0.1"), "up");
        assertThat(ended.output())
                .isEqualTo("intramuros: no JDK 25 or newer (found: 24, 8)."
                        + " Install one, or set JAVA_HOME to its folder.\n");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void run_throughASymbolicLink_findsItsLibraries() throws Exception {
        Path launcher = distribution();
        Path link = Files.createSymbolicLink(root.resolve("linked"), launcher);
        String output = launch(link, jdk("mine", "25"), "keys").output();
        assertThat(output)
                .contains(root.resolve("dist/lib/intramuros-gateway-1.jar") + ":" + root.resolve("dist/lib/other.jar"));
    }

    @Test
    void run_sourceTree_buildsOnFirstUseAndAfterAChangeOnly() throws Exception {
        Path launcher = sourceTree("echo '[INFO] Building intramuros-gateway 1 [6/6]'");
        Path home = jdk("mine", "25");
        Ended first = launch(launcher, home, "keys");
        assertThat(first.output()).contains("building with the JDK in", "intramuros-gateway [6/6]", "jdks/mine runs");
        assertThat(launch(launcher, home, "keys").output())
                .doesNotContain("building")
                .contains("jdks/mine runs");
        Path source = root.resolve("tree/gateway/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        assertThat(launch(launcher, home, "keys").output()).contains("building with the JDK in");
    }

    @Test
    void run_buildFails_showsTheErrorsAndNothingElse() throws Exception {
        Path launcher = sourceTree("echo '[INFO] noise'; echo '[ERROR] A.java:[1,1] not a statement'; exit 1");
        Ended ended = launch(launcher, jdk("mine", "25"), "keys");
        assertThat(ended.output())
                .contains("the build failed", "[ERROR] A.java:[1,1] not a statement", "build.log")
                .doesNotContain("noise", "runs");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void run_noMaven_saysSo() throws Exception {
        Path launcher = sourceTree("exit 0");
        Files.delete(tools.resolve("mvn"));
        Ended ended = launch(launcher, jdk("mine", "25"), "keys");
        assertThat(ended.output())
                .isEqualTo("intramuros: no Maven on the PATH. Install Maven 3.8.7 or newer, then try again.\n");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void test_sourceTree_runsTheWholeVerifyWithItsOwnStatus() throws Exception {
        Path launcher = sourceTree("echo \"mvn $*\"; echo 'Tests run: 1'; exit 3");
        Ended ended = launch(launcher, jdk("mine", "25"), "test");
        assertThat(ended.output()).isEqualTo("mvn -B verify\nTests run: 1\n");
        assertThat(ended.status()).isEqualTo(3);
    }

    /** What a finished process left: its exit status, and both its streams together. */
    private record Ended(int status, String output, long pid) {}

    private Ended launch(Path launcher, Path javaHome, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(Arrays.asList(arguments));
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", root.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("INTRAMUROS_JDK_FOLDERS", jdks.toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output, process.pid());
    }

    /** A JDK that says which it is and what it was given, and ends with status 7. */
    private Path jdk(String name, String version) throws IOException {
        Path home = jdks.resolve(name);
        String arguments = "for a in \"$@\"; do echo \"[${a#io.intramuros.gateway.cli.}]\"; done";
        Tools.script(home.resolve("bin/java"), "echo \"${0%/bin/java} runs as $$\"; " + arguments + "; exit 7");
        Tools.script(home.resolve("bin/javac"), "exit 0");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** Where it is to leave a cache, it says it is ready, waits to be stopped, and leaves what it was given. */
    private static void cachingJava(Path home) throws IOException {
        String plain = Files.readString(home.resolve("bin/java")).replace("#!/bin/sh\n", "");
        Tools.script(home.resolve("bin/java"), """
                for a in "$@"; do
                    case $a in -XX:AOTCacheOutput=*)
                        trap 'echo "[$*] $(env)" >"${a#*=}"; exit 0' TERM
                        echo "Intramuros is ready."
                        while true; do sleep 0.1; done
                    esac
                done
                """ + plain);
    }

    private Path distribution() throws IOException {
        Path lib = Files.createDirectories(root.resolve("dist/lib"));
        Files.writeString(lib.resolve("intramuros-gateway-1.jar"), "");
        Files.writeString(lib.resolve("other.jar"), "");
        return copyOfLauncher(root.resolve("dist/bin/intramuros"));
    }

    private Path sourceTree(String maven) throws IOException {
        Path tree = root.resolve("tree");
        Path source = tree.resolve("gateway/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        Files.writeString(tree.resolve("pom.xml"), "<project>\n<version>1.2.3</version>\n</project>\n");
        Files.writeString(tree.resolve("gateway/pom.xml"), "");
        String jar = tree.resolve("gateway/target/app/lib") + "/intramuros-gateway-1.jar";
        Tools.script(
                tools.resolve("mvn"),
                "mkdir -p ${0%/tools/mvn}/tree/gateway/target/app/lib; touch " + jar + "; " + maven);
        return copyOfLauncher(tree.resolve("intramuros"));
    }

    private static Path copyOfLauncher(Path to) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path original = Files.exists(here.resolve("intramuros"))
                ? here.resolve("intramuros")
                : here.resolveSibling("intramuros");
        Files.createDirectories(to.getParent());
        return Files.copy(original, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
