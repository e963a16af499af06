// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.graph.TinyModel;
import io.intramuros.inference.store.ModelsMain;
import io.intramuros.inference.text.Vocabularies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A file that nobody has seen before is imported by one process, and answers in another. */
class ImportedModelTest {
    private static final Pattern READY = Pattern.compile("ready port=(\\d+) models=(.*)");
    private static final String TEMPLATE =
            "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n"
                    + "{% if m.role == 'system' %}{{ raise_exception('no system, please') }}{% endif %}{% endfor %}"
                    + "{% if tools %}{{ tools | tojson }}{% endif %}{# <tool_call> #}<|im_start|>assistant\n";

    @TempDir
    private Path data;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void import_ggufOfAFamily_isServedByItsOwnName() throws Exception {
        Path file = data.resolve("some file.gguf");
        Files.write(
                file,
                TinyModel.chatting("qwen3", "My Qwen3 0.1B", Vocabularies.bytes(Optional.of(TEMPLATE)))
                        .gguf());
        Process importing = java(ModelsMain.class, "--data", data.toString(), "--json", "import", file.toString());
        JsonNode imported = NodeFixture.json(text(importing));
        assertThat(importing.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(imported.path("name").asString()).isEqualTo("my-qwen3-0.1b");
        assertThat(imported.path("license").asString()).isEqualTo("apache-2.0");

        Process node = java(NodeMain.class, "--data", data.toString(), "--models", "my-qwen3-0.1b", "--parent-stdin");
        String base = "http://127.0.0.1:" + port(node);
        String question = "{\"model\":\"my-qwen3-0.1b\",\"max_tokens\":5,\"temperature\":0,\"messages\":[%s]}";
        JsonNode answer = post(base, question.formatted("{\"role\":\"user\",\"content\":\"Hi\"}"), 200);

        assertThat(answer.path("model").asString()).isEqualTo("my-qwen3-0.1b");
        // "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", a token for each byte and mark; Jinja drops the
        // last newline.
        assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(1 + 5 + 2 + 1 + 1 + 1 + 9);
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isBetween(1, 5);
        assertCalls(base);
        JsonNode refused = post(base, question.formatted("{\"role\":\"system\",\"content\":\"Hi\"}"), 400);
        assertThat(refused.path("error").path("message").asString()).contains("no system, please");
    }

    /** A network of random weights calls all the same, for nothing else is left to it. */
    private static void assertCalls(String base) throws Exception {
        String body = """
                {"model":"my-qwen3-0.1b","max_tokens":600,"temperature":0,"messages":[{"role":"user","content":"Hi"}],
                "tool_choice":"required","tools":[{"type":"function","function":{"name":"turn","parameters":{"type":"object",
                "properties":{"way":{"enum":["left","right"]},"on":{"type":"boolean"}},"required":["way","on"]}}}],
                "parallel_tool_calls":false}""";
        JsonNode choice = post(base, body, 200).at("/choices/0");

        JsonNode arguments = NodeFixture.json(
                choice.at("/message/tool_calls/0/function/arguments").asString());
        assertThat(choice.path("finish_reason").asString())
                .as(choice.toString())
                .isEqualTo("tool_calls");
        assertThat(choice.at("/message/tool_calls/0/function/name").asString()).isEqualTo("turn");
        assertThat(arguments.path("way").asString()).isIn("left", "right");
        assertThat(arguments.path("on").isBoolean()).isTrue();
    }

    private Process java(Class<?> program, String... arguments) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return process;
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int port(Process node) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        Matcher ready = READY.matcher(String.valueOf(reader.readLine()));
        assertThat(ready.matches()).as("the line that says ready").isTrue();
        return Integer.parseInt(ready.group(1));
    }

    private static JsonNode post(String base, String body, int status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return NodeFixture.json(response.body());
        }
    }
}
