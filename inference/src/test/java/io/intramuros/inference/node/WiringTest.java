// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static io.intramuros.inference.node.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.store.ModelStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The built-in model, from its file to its answers: GGUF, graph, runtime, tokenizer, HTTP. */
class WiringTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    private static Path data;

    private static NodeFixture node;

    @BeforeAll
    static void start() throws IOException {
        NodeOptions options =
                NodeOptions.of(List.of("--data", data.toString(), "--models", "wiring,all-minilm-l6-v2"), Map.of());
        node = new NodeFixture(ModelLoader.load(options, ModelStore.open(data)));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void chat_whoAreYou_saysThatItIsForWiringOnly() throws Exception {
        JsonNode answer = ask("Who are you?", "");

        assertThat(answer.at("/choices/0/message/content").stringValue())
                .contains("built-in wiring model")
                .contains("for wiring only");
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(answer.path("model").stringValue()).isEqualTo("wiring");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[PERSON_k7q2x6af]", "[EMAIL_zz3ab7cd]", "[IBAN_q2w3e4r5]"})
    void chat_surrogateInTheQuestion_isInTheAnswer(String surrogate) throws Exception {
        assertThat(text(ask("My name is " + surrogate + ".", ""))).contains(surrogate);
        assertThat(text(ask("Repeat: " + surrogate, ""))).contains(surrogate);
    }

    @Test
    void chat_sameSeed_sameText() throws Exception {
        Set<String> texts = new HashSet<>();
        for (int seed = 0; seed < 6; seed++) {
            String settings = ",\"temperature\":2,\"max_tokens\":30,\"seed\":" + seed;
            String first = text(ask("Hello there", settings));
            assertThat(text(ask("Hello there", settings))).isEqualTo(first);
            texts.add(first);
        }
        assertThat(texts).hasSizeGreaterThan(1);
    }

    @Test
    void chat_streamed_isTheSameTextAsWhole() throws Exception {
        String body = body("Say naïve 日本 😀", "");
        String whole = text(json(node.post(CHAT, "{" + body + "}").body()));

        String streamed = NodeFixture.events(
                        node.post(CHAT, "{" + body + ",\"stream\":true}").body())
                .stream()
                .map(event -> event.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());

        assertThat(streamed).isEqualTo(whole).isNotEmpty();
    }

    @Test
    void chat_ignoringTheEnd_runsToItsLimit() throws Exception {
        JsonNode answer = ask("Hello", ",\"ignore_eos\":true,\"max_tokens\":120");

        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(120);
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
    }

    @Test
    void embeddings_likeTexts_lieNearerThanUnlike() throws Exception {
        JsonNode data = json(node.post("/v1/embeddings", """
                {"model":"all-minilm-l6-v2","input":["The cat sleeps.","A kitten is asleep.","Quarterly revenue fell."]}
                """).body()).path("data");

        assertThat(data.at("/0/embedding").size()).isEqualTo(384);
        assertThat(product(data, 0, 1)).isGreaterThan(product(data, 0, 2) + 0.3);
    }

    @Test
    void completion_withoutTemplate_goesOn() throws Exception {
        JsonNode answer = json(
                node.post("/v1/completions", "{\"model\":\"wiring\",\"prompt\":\"I am the built-in\",\"max_tokens\":8}")
                        .body());

        assertThat(answer.at("/choices/0/text").stringValue()).isNotEmpty();
    }

    private static double product(JsonNode data, int a, int b) {
        double sum = 0;
        for (int i = 0; i < 384; i++) {
            sum += data.get(a).path("embedding").get(i).doubleValue()
                    * data.get(b).path("embedding").get(i).doubleValue();
        }
        return sum;
    }

    private static JsonNode ask(String question, String settings) throws IOException, InterruptedException {
        return json(node.post(CHAT, "{" + body(question, settings) + "}").body());
    }

    private static String body(String question, String settings) {
        return "\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]" + settings;
    }

    private static String text(JsonNode answer) {
        return answer.at("/choices/0/message/content").stringValue();
    }
}
