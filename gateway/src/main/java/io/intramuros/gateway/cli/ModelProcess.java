// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one of the inference module's programs in a process of its own. They are named, not referred to: nothing of that
 * module is to be loaded here.
 *
 * @param terminal where a command runs
 * @param data the data folder; the gateway's where it is null
 */
record ModelProcess(Terminal terminal, @Nullable Path data) {
    /** Brings models from outside. */
    static final String PULLER = "io.intramuros.inference.store.PullMain";

    /** Looks after the models on disk. */
    static final String KEEPER = "io.intramuros.inference.store.ModelsMain";

    /** Its exit status; what it prints goes where this process prints. */
    int run(String program, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                // Standard output is the command's answer: a library's log line in it would spoil the JSON.
                "-Dlogback.configurationFile=io/intramuros/gateway/quiet-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                program,
                "--data",
                (data == null ? terminal.data() : data).toString()));
        command.addAll(words);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getInputStream().transferTo(terminal.out());
            terminal.out().flush();
            return process.waitFor();
        } catch (IOException e) {
            throw new CommandFailed(Exit.FAILED, "the models' process cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(Exit.FAILED, "interrupted", e);
        }
    }
}
