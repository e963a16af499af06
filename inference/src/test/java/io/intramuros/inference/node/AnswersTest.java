// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static io.intramuros.inference.node.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.intramuros.inference.store.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Forms and numbers of answers, by the built-in model over HTTP. */
class AnswersTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String SCHEMA = """
            {"type":"object","properties":{"name":{"type":"string","maxLength":12},"age":{"type":"integer"},
            "tags":{"type":"array","items":{"enum":["a","b"]},"maxItems":3}},"required":["name","age","tags"],
            "additionalProperties":false}""";

    @TempDir
    private static Path data;

    private static NodeFixture node;

    @BeforeAll
    static void start() throws IOException {
        NodeOptions options = NodeOptions.of(List.of("--data", data.toString(), "--models", "wiring"), Map.of());
        node = new NodeFixture(ModelLoader.load(options, ModelStore.open(data)));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void chat_jsonSchema_answersByIt(int seed) throws Exception {
        JsonNode answer = ask(",\"temperature\":1.5,\"seed\":" + seed
                + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"p\",\"strict\":true,\"schema\":"
                + SCHEMA + "}}");

        JsonNode value = json(answer.at("/choices/0/message/content").stringValue());
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(value.propertyNames()).containsExactly("name", "age", "tags");
        assertThat(value.get("age").isIntegralNumber()).isTrue();
        assertThat(value.get("name").stringValue().length()).isLessThanOrEqualTo(24);
        assertThat(value.get("tags").valueStream().map(JsonNode::stringValue)).allMatch(List.of("a", "b")::contains);
    }

    @Test
    void chat_jsonObject_beginsAsOne() throws Exception {
        JsonNode answer = ask(",\"max_tokens\":40,\"response_format\":{\"type\":\"json_object\"}");

        assertThat(answer.at("/choices/0/message/content").stringValue()).startsWith("{");
    }

    @Test
    void chat_severalAnswers_areNumberedAndCounted() throws Exception {
        JsonNode answer = ask(",\"n\":3,\"temperature\":2,\"seed\":5,\"max_tokens\":12");

        List<String> texts = new ArrayList<>();
        for (JsonNode choice : answer.path("choices")) {
            assertThat(choice.path("index").intValue()).isEqualTo(texts.size());
            texts.add(choice.at("/message/content").stringValue());
        }
        assertThat(texts).hasSize(3);
        assertThat(texts.get(1)).isNotEqualTo(texts.get(0));
        JsonNode second = ask(",\"temperature\":2,\"seed\":6,\"max_tokens\":12");
        assertThat(second.at("/choices/0/message/content").stringValue()).isEqualTo(texts.get(1));
        assertThat(answer.at("/usage/prompt_tokens")).isEqualTo(second.at("/usage/prompt_tokens"));
        assertThat(answer.at("/usage/completion_tokens").intValue()).isBetween(14, 36);
    }

    @Test
    void chat_severalAnswersStreamed_areThoseOfTheWhole() throws Exception {
        String settings = ",\"n\":2,\"temperature\":2,\"seed\":5,\"max_tokens\":12";
        JsonNode whole = ask(settings);
        Map<Integer, StringBuilder> texts = new TreeMap<>();
        Map<Integer, String> reasons = new TreeMap<>();
        for (JsonNode event : NodeFixture.events(
                node.post(CHAT, body(settings + ",\"stream\":true")).body())) {
            JsonNode choice = event.at("/choices/0");
            int index = choice.path("index").intValue();
            texts.computeIfAbsent(index, _ -> new StringBuilder())
                    .append(choice.at("/delta/content").asString(""));
            if (!choice.path("finish_reason").isNull()) {
                reasons.put(index, choice.path("finish_reason").stringValue());
            }
        }
        assertThat(texts).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(String.valueOf(texts.get(i)))
                    .isEqualTo(whole.at("/choices/" + i + "/message/content").stringValue());
            assertThat(reasons.get(i))
                    .isEqualTo(whole.at("/choices/" + i + "/finish_reason").stringValue());
        }
    }

    @Test
    void chat_logprobs_areOfEveryTokenOfTheText() throws Exception {
        JsonNode answer = ask(",\"max_tokens\":8,\"logprobs\":true,\"top_logprobs\":2");

        JsonNode content = answer.at("/choices/0/logprobs/content");
        var bytes = new ByteArrayOutputStream();
        for (JsonNode token : content) {
            token.path("bytes").forEach(b -> bytes.write(b.intValue()));
            assertThat(token.path("logprob").doubleValue()).isLessThanOrEqualTo(0);
            assertThat(token.path("top_logprobs").size()).isEqualTo(2);
            // Greedy: the token is the likeliest.
            assertThat(token.at("/top_logprobs/0/logprob")).isEqualTo(token.path("logprob"));
            assertThat(token.at("/top_logprobs/1/logprob").doubleValue())
                    .isLessThanOrEqualTo(token.path("logprob").doubleValue());
        }
        assertThat(content.size()).isEqualTo(8);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(answer.at("/choices/0/message/content").stringValue());
    }

    @Test
    void chat_logprobsStreamed_areTheSame() throws Exception {
        String settings = ",\"max_tokens\":8,\"logprobs\":true";
        List<JsonNode> whole = new ArrayList<>();
        ask(settings).at("/choices/0/logprobs/content").forEach(whole::add);
        List<JsonNode> streamed = new ArrayList<>();
        for (JsonNode event : NodeFixture.events(
                node.post(CHAT, body(settings + ",\"stream\":true")).body())) {
            event.at("/choices/0/logprobs/content").forEach(streamed::add);
        }
        assertThat(streamed).hasSize(8);
        for (int i = 0; i < 8; i++) {
            assertThat(streamed.get(i).path("bytes")).isEqualTo(whole.get(i).path("bytes"));
            // The second prompt goes on from what the first left, so that its sums may be rounded otherwise.
            assertThat(streamed.get(i).path("logprob").doubleValue())
                    .isCloseTo(whole.get(i).path("logprob").doubleValue(), within(1e-3));
        }
    }

    @Test
    void completion_logprobs_areInTheOlderForm() throws Exception {
        JsonNode answer = json(node.post(
                        "/v1/completions",
                        "{\"model\":\"default\",\"prompt\":\"Hello\",\"max_tokens\":5,\"logprobs\":2,\"temperature\":0}")
                .body());

        JsonNode logprobs = answer.at("/choices/0/logprobs");
        assertThat(logprobs.path("tokens").size())
                .isEqualTo(logprobs.path("token_logprobs").size());
        assertThat(logprobs.path("top_logprobs").size())
                .isEqualTo(logprobs.path("tokens").size());
        assertThat(logprobs.path("tokens")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .reduce("", String::concat))
                .isEqualTo(answer.at("/choices/0/text").stringValue());
    }

    @Test
    void chat_logitBias_forbidsAToken() throws Exception {
        JsonNode usual = ask(",\"max_tokens\":1,\"logprobs\":true,\"top_logprobs\":1");
        String first = usual.at("/choices/0/message/content").stringValue();
        String changed = first;
        for (int id = 0; id < 2100 && changed.equals(first); id += 300) {
            StringBuilder bias = new StringBuilder();
            for (int i = id; i < id + 300; i++) {
                bias.append(bias.isEmpty() ? "" : ",").append('"').append(i).append("\":-100");
            }
            changed = ask(",\"max_tokens\":1,\"logit_bias\":{" + bias + "}")
                    .at("/choices/0/message/content")
                    .stringValue();
        }
        assertThat(changed).isNotEqualTo(first);
    }

    private static JsonNode ask(String settings) throws Exception {
        return json(node.post(CHAT, body(settings)).body());
    }

    private static String body(String settings) {
        return "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"Who are you?\"}]" + settings
                + "}";
    }
}
