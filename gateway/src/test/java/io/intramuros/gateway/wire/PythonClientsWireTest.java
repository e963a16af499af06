// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official Python clients of all three protocols, where they are at hand: in a virtual environment that
 * {@code -Dclients.python=/path/to/bin/python} names, with {@code pip install openai anthropic ollama}.
 */
class PythonClientsWireTest {
    @TempDir
    static Path folder;

    private static PairGateway pairs;
    private static String python;

    @BeforeAll
    static void start() {
        python = System.getProperty("clients.python", "");
        Assumptions.assumeFalse(python.isEmpty(), "no clients at hand");
        pairs = PairGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        if (pairs != null) pairs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m-openai", "m-ollama"})
    void clients_ofAllThree_understandEachKindOfNode(String model) throws Exception {
        FakeNode node = model.equals("m-ollama") ? new OllamaFakeNode() : new OpenAiFakeNode("openai");
        pairs.upstream().script((request, reply) -> {
            FakeNode.Script script =
                    FakeNode.Script.of(node.userText(request.body())).pieces(3);
            if (!request.body().contains("\"stream\":true")) {
                reply.json(200, node.whole(script));
                return;
            }
            reply.streamHead();
            reply.pieces(node.stream(script), 13);
            reply.end();
        });

        String said = run(model);

        assertThat(said.lines().toList()).hasSize(16).allMatch(line -> line.startsWith("ok "));
        assertThat(pairs.upstream().requests())
                .noneMatch(request -> request.body().contains("jane.roe"));
    }

    private static String run(String model) throws IOException, InterruptedException {
        Path script = folder.resolve("clients.py");
        try (InputStream in =
                Objects.requireNonNull(PythonClientsWireTest.class.getResourceAsStream("clients.py"), "clients.py")) {
            Files.write(script, in.readAllBytes());
        }
        Process process = new ProcessBuilder(List.of(
                        python,
                        script.toString(),
                        pairs.gateway().url("").toString(),
                        pairs.gateway().key(),
                        model))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
