// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Clients of another language, as they are published, in the versions that stand beside their scripts. They are installed
 * below {@code target}, from the registry that pip or npm is set to, and kept there; a test that needs them is skipped
 * where that cannot be done, and says so.
 */
final class Installed {
    private static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path FOLDER = Path.of("target", "clients").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String language;
    private final String program;
    private final Map<String, String> environment;

    private Installed(String language, String program, Map<String, String> environment) {
        this.language = language;
        this.program = program;
        this.environment = environment;
    }

    /** What a process left: its status, and both its streams together. */
    record Ended(int status, String output) {
        private String last() {
            return output.lines().reduce("", (_, line) -> line);
        }
    }

    /** Those for Python. */
    static synchronized Installed python() {
        assumeTrue(
                run(Map.of(), List.of("python3", "-m", "pip", "--version")).status() == 0,
                "skipped: no python3 with pip on this machine");
        Path requirements = SCRIPTS.resolve("python").resolve("requirements.txt");
        Path packages = once(
                "python",
                List.of(requirements),
                folder -> run(
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
                                folder.toString(),
                                "--requirement",
                                requirements.toString())));
        return new Installed("python", "python3", Map.of("PYTHONPATH", packages.toString()));
    }

    /** Those for Node. */
    static synchronized Installed node() {
        assumeTrue(
                run(Map.of(), List.of("npm", "--version")).status() == 0, "skipped: no node with npm on this machine");
        List<Path> files = List.of(
                SCRIPTS.resolve("node").resolve("package.json"),
                SCRIPTS.resolve("node").resolve("package-lock.json"));
        Path packages = once("node", files, folder -> {
            for (Path file : files) Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
            return run(
                    Map.of(),
                    List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder.toString()));
        });
        return new Installed("node", "node", Map.of("INSTALLED", packages.toString()));
    }

    /** Runs one of the scripts. */
    Ended run(String script, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return run(
                all, List.of(program, SCRIPTS.resolve(language).resolve(script).toString()));
    }

    private interface Installation {
        Ended into(Path folder) throws IOException;
    }

    /** Installs where that was not done whole, or done for other versions. */
    private static Path once(String language, List<Path> versions, Installation installation) {
        try {
            StringBuilder wanted = new StringBuilder();
            for (Path file : versions) wanted.append(Files.readString(file));
            Path folder = Files.createDirectories(FOLDER.resolve(language));
            Path whole = folder.resolve("whole");
            if (Files.exists(whole) && Files.readString(whole).contentEquals(wanted)) return folder;
            Ended ended = installation.into(folder);
            assumeTrue(
                    ended.status() == 0,
                    "skipped: the clients for " + language + " cannot be installed: " + ended.last());
            Files.writeString(whole, wanted);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ended run(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output);
        } catch (IOException e) {
            return new Ended(127, e.toString()); // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
