// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(new Terminal(Map.of(), printer(out), printer(err)), arguments);
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void launch_withoutAClient_listsThemAndWhetherTheyWereTried() {
        assertThat(run("launch")).isZero();

        assertThat(said().lines()).hasSize(14);
        assertThat(said())
                .containsPattern("anthropic-java +anthropic-java 3\\.12\\.0")
                .containsPattern("codex +not yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl",
                "openai-python",
                "openai-node",
                "openai-java",
                "anthropic-python",
                "anthropic-java",
                "ollama-python",
                "ollama-js",
                "langchain4j",
                "continue",
                "open-webui",
                "claude-code",
                "codex",
                "spring-ai"
            })
    void launch_client_namesAddressAndVariableOfTheKey(String client) {
        assertThat(run("launch", client, "--url", "https://ai.example.com/", "--model", "big"))
                .isZero();

        assertThat(said()).contains("https://ai.example.com").doesNotContain("https://ai.example.com//");
        assertThat(said()).contains("INTRAMUROS_KEY").doesNotContain("${url}").contains("tried: ");
    }

    @Test
    void launch_toAFile_writesItOnce(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("config.toml");

        assertThat(run("launch", "codex", "--write", file.toString())).isZero();
        assertThat(Files.readString(file)).contains("wire_api = \"responses\"").doesNotContain("tried");
        assertThat(run("launch", "codex", "--write", file.toString())).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be written");
    }

    @Test
    void launch_unknownClient_saysWhichThereAre() {
        assertThat(run("launch", "telnet")).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("telnet").contains("claude-code");
    }
}
