// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RunningGateway;
import io.intramuros.gateway.UpOptions;
import io.intramuros.gateway.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/custom-detectors.md says, in its order, as somebody would who has only the page. */
class CustomDetectorsPageTest {
    private static final Pattern FILE =
            Pattern.compile("Put this in `([\\w./-]+)`:\\n\\n```(?:yaml|text)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CHANGE =
            Pattern.compile("change `([^`]+)` to `([^`]+)` in\\s+`([\\w./-]+)`", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("```sh\\n\\./intramuros (.*?)\\n```");
    private static final Pattern SHOWN = Pattern.compile("```text\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path folder;

    private final List<Ran> ran = new ArrayList<>();

    private record Ran(String command, int exit, String out) {}

    private record Step(int at, Runnable does) {}

    private @org.jspecify.annotations.Nullable RunningGateway gateway;

    @Test
    void page_followedToTheLetter_works() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "custom-detectors.md"));
        List<Step> steps = new ArrayList<>();
        List<Integer> files = new ArrayList<>();
        for (Matcher file = FILE.matcher(page); file.find(); ) {
            String name = file.group(1);
            String text = file.group(2);
            files.add(file.start(2));
            steps.add(new Step(file.start(), () -> write(name, text)));
        }
        for (Matcher change = CHANGE.matcher(page); change.find(); ) {
            String from = change.group(1);
            String to = change.group(2);
            String name = change.group(3);
            steps.add(new Step(change.start(), () -> write(name, read(name).replace(from, to))));
        }
        for (Matcher command = COMMAND.matcher(page); command.find(); ) {
            String line = command.group(1);
            steps.add(new Step(command.start(), () -> run(line)));
        }
        for (Matcher shown = SHOWN.matcher(page); shown.find(); ) {
            String lines = shown.group(1);
            if (!files.contains(shown.start(1)))
                steps.add(new Step(
                        shown.start(),
                        () -> assertThat(ran.getLast().out())
                                .contains(lines.strip().split("\n", -1))));
        }
        try {
            steps.stream()
                    .sorted(java.util.Comparator.comparingInt(Step::at))
                    .forEach(step -> step.does().run());
        } finally {
            if (gateway != null) gateway.close();
        }

        assertThat(ran).extracting(Ran::exit).containsExactly(1, 0, 0, 0);
        assertThat(ran.get(0).out()).contains("passed").contains("does MASK");
        assertThat(ran.get(1).out()).doesNotContain("does MASK");
    }

    private void run(String line) {
        if (line.startsWith("up ")) {
            gateway = RunningGateway.start(
                    new UpOptions(
                            folder.resolve("data"),
                            folder.resolve("config"),
                            true,
                            Map.of(Setting.PORT, "0", Setting.ADMIN_PORT, "0", Setting.NODE_EMBEDDED, "false")),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            return;
        }
        // Names of files count from the folder that the page's reader is in.
        String[] arguments = Arrays.stream(line.split(" ", -1))
                .map(word -> Files.exists(folder.resolve(word))
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exit = Main.run(new Terminal(environment(), print, print), arguments);
        ran.add(new Ran(line, exit, out.toString(StandardCharsets.UTF_8)));
    }

    private Map<String, String> environment() {
        RunningGateway serving = gateway;
        return serving == null
                ? Map.of()
                : Map.of(
                        "INTRAMUROS_ADMIN_URL",
                        "http://127.0.0.1:" + serving.adminPort(),
                        "INTRAMUROS_ADMIN_TOKEN",
                        serving.adminToken());
    }

    private void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
