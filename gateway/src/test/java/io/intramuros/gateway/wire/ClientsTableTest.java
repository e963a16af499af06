// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of clients in the README: each with the version that the build runs, and the test that runs it. */
class ClientsTableTest {
    private static final String BEGIN = "<!-- clients: written by ClientsTableTest -->\n";
    private static final String END = "<!-- end of clients -->\n";
    private static final Path README = Path.of("..", "README.md");
    private static final String ALL = "chat, stream, tools, embeddings, 401, 404, 429";

    /** A client, and what the test has it do; {@code tried} is the name of {@code intramuros launch} that says so too. */
    private record Row(String client, String version, String dialect, String runs, Class<?> test, String tried) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    "openai (Python)",
                    python("openai"),
                    "OpenAI",
                    ALL + ", retry, timeout, cancel",
                    ForeignClientsTest.class,
                    "openai-python"),
            new Row(
                    "openai (Node)",
                    node("openai"),
                    "OpenAI",
                    ALL + ", retry, timeout, cancel",
                    ForeignClientsTest.class,
                    "openai-node"),
            new Row(
                    "openai-java",
                    maven("openai-java"),
                    "OpenAI",
                    ALL + ", moderations; every answer validated",
                    OpenAiJavaWireTest.class,
                    "openai-java"),
            new Row(
                    "anthropic (Python)",
                    python("anthropic"),
                    "Anthropic",
                    "chat, stream, tools, count, models, 404, 429, retry",
                    DialectClientsWireTest.class,
                    "anthropic-python"),
            new Row(
                    "@anthropic-ai/sdk",
                    node("@anthropic-ai/sdk"),
                    "Anthropic",
                    "chat, stream, tools, count, models, 401, 404, 429, retry, cancel",
                    DialectClientsWireTest.class,
                    ""),
            new Row(
                    "anthropic-java",
                    maven("anthropic-java"),
                    "Anthropic",
                    "chat, stream, tools, thinking, count, models, 401, 404, 429; every answer validated",
                    AnthropicJavaWireTest.class,
                    "anthropic-java"),
            new Row(
                    "ollama (Python)",
                    python("ollama"),
                    "Ollama",
                    "chat, stream, tools, embed, list, show, pull, 401, 404",
                    DialectClientsWireTest.class,
                    "ollama-python"),
            new Row(
                    "ollama (Node)",
                    node("ollama"),
                    "Ollama",
                    "chat, stream, tools, embed, list, show, pull, 401, 404",
                    DialectClientsWireTest.class,
                    "ollama-js"),
            new Row(
                    "LangChain4j",
                    maven("langchain4j"),
                    "OpenAI, Anthropic",
                    ALL + ", retry (Anthropic's has no embeddings)",
                    JavaClientsWireTest.class,
                    "langchain4j"),
            new Row("LangChain4j Ollama", maven("langchain4j-ollama"), "Ollama", ALL, JavaClientsWireTest.class, ""),
            new Row(
                    "Spring AI",
                    maven("spring-ai"),
                    "OpenAI, Ollama",
                    ALL + ", retry (OpenAI)",
                    JavaClientsWireTest.class,
                    "spring-ai"),
            new Row(
                    "ollama4j",
                    maven("ollama4j"),
                    "Ollama",
                    "chat, stream, tools, ping, list, show, pull, 401, 404, 429; it sends no key when it embeds",
                    JavaClientsWireTest.class,
                    ""),
            new Row(
                    "cohere-java",
                    maven("cohere-java"),
                    "Cohere's rerank",
                    "rerank v1 and v2, 401, 404",
                    CohereWireTest.class,
                    ""));

    private static String maven(String name) {
        return found(Path.of("..", "pom.xml"), "<" + name + "\\.version>([^<]+)<");
    }

    private static String python(String name) {
        return found(Path.of("src", "test", "clients", "python", "requirements.txt"), "(?m)^" + name + "==(.+)$");
    }

    private static String node(String name) {
        return found(
                Path.of("src", "test", "clients", "node", "package.json"),
                "\"" + Pattern.quote(name) + "\": \"([^\"]+)\"");
    }

    private static String found(Path file, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(read(file));
        if (!matcher.find()) throw new AssertionError(file + ": no " + pattern);
        return matcher.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Run with {@code -Dwrite.reference=true} to write the table anew. */
    @Test
    void readme_table_isWhatTheTestsRun() throws IOException {
        String readme = read(README);
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        int to = readme.indexOf(END);
        if (Boolean.getBoolean("write.reference"))
            Files.writeString(README, readme.substring(0, from) + table() + readme.substring(to));

        assertThat(read(README)).contains(BEGIN + table() + END);
    }

    @Test
    void launch_sameClients_saysTheSameVersions() {
        for (Row row : ROWS)
            if (!row.tried().isEmpty())
                assertThat(read(Path.of("src/main/resources/io/intramuros/gateway/cli/launch/" + row.tried() + ".txt")))
                        .as(row.client())
                        .startsWith("tried: ")
                        .contains(row.version());
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| client | version | speaks | what is run |\n|---|---|---|---|\n");
        for (Row row : ROWS)
            table.append("| %s | %s | %s | %s (`%s`) |\n"
                    .formatted(
                            row.client(),
                            row.version(),
                            row.dialect(),
                            row.runs(),
                            row.test().getSimpleName()));
        return table.toString();
    }
}
