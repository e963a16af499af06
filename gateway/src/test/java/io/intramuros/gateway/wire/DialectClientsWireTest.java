// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official clients for Python and Node, of all three protocols, before each kind of node. */
class DialectClientsWireTest {
    private static final String EMAIL = "jane.roe@corp.example";
    private static final List<String> PYTHON = List.of(
            "openai chat",
            "openai stream",
            "openai responses",
            "openai responses stream",
            "openai 401",
            "anthropic messages",
            "anthropic stream",
            "anthropic tool",
            "anthropic count",
            "anthropic models",
            "anthropic 404",
            "anthropic 429",
            "anthropic 429 retried",
            "ollama chat",
            "ollama stream",
            "ollama tool",
            "ollama embed",
            "ollama list",
            "ollama show",
            "ollama pull",
            "ollama 401",
            "ollama 404");
    private static final List<String> NODE = List.of(
            "anthropic messages",
            "anthropic stream",
            "anthropic tool",
            "anthropic tool history",
            "anthropic count",
            "anthropic models",
            "anthropic 401",
            "anthropic 404",
            "anthropic 429",
            "anthropic 429 retried",
            "anthropic cancel",
            "ollama chat",
            "ollama stream",
            "ollama tool",
            "ollama embed",
            "ollama list",
            "ollama show",
            "ollama pull",
            "ollama 401",
            "ollama 404");

    @TempDir
    static Path folder;

    private static PairGateway pairs;

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        pairs.close();
    }

    @BeforeEach
    void repeats() {
        pairs.upstream().forget();
        pairs.upstream().script(new Repeats());
    }

    @ParameterizedTest
    @ValueSource(strings = {"m-openai", "m-ollama"})
    void python_clientsOfAllThree_understandEachKindOfNode(String model) {
        works(Installed.python().run("dialects.py", environment("python", model)), PYTHON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m-openai", "m-ollama"})
    void node_clientsOfTheOtherTwo_understandEachKindOfNode(String model) {
        works(Installed.node().run("dialects.mjs", environment("node", model)), NODE);
    }

    private static void works(Installed.Ended ended, List<String> checks) {
        assertThat(ended.output().lines())
                .as(ended.output())
                .containsExactlyElementsOf(
                        checks.stream().map(check -> "ok " + check).toList());
        assertThat(ended.status()).isZero();
        assertThat(pairs.upstream().requests())
                .hasSizeGreaterThan(6)
                .noneMatch(request -> request.body().contains("jane"))
                .anyMatch(request -> request.body().contains("[EMAIL_"));
    }

    private static Map<String, String> environment(String language, String model) {
        Map<String, String> environment = new HashMap<>();
        environment.put("URL", pairs.gateway().url("").toString());
        environment.put("KEY", pairs.gateway().key());
        environment.put("NARROW_KEY", pairs.narrowKey(language + "-" + model, "PT1S"));
        environment.put("MODEL", model);
        environment.put("EMAIL", EMAIL);
        return environment;
    }
}
