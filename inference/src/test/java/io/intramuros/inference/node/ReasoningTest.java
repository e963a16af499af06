// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static io.intramuros.inference.node.NodeFixture.events;
import static io.intramuros.inference.node.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.text.Vocabularies;
import io.intramuros.inference.text.Vocabulary;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reasoning over HTTP, by a model that says what it is told to. */
class ReasoningTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MARKS = "{# </think> #}";
    private static final String TEMPLATE = "{% for m in messages %}<|im_start|>{{ m.role }}\n"
            + "{{ m.reasoning_content }}{{ m.content }}<|im_end|>{% endfor %}<|im_start|>assistant\n" + MARKS;

    private static final String BEGUN =
            TEMPLATE + "{% if enable_thinking is not defined or enable_thinking %}<think>\n{% endif %}";

    private static String body(String more) {
        return "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}]" + more + "}";
    }

    private static JsonNode choice(NodeFixture node, String more) throws Exception {
        return json(node.post(CHAT, body(more)).body()).at("/choices/0");
    }

    /** Marks as plain text, and as control tokens. */
    private static Vocabulary vocabulary(String template, boolean controls) {
        return Vocabularies.marked(template, controls ? List.of("<think>", "</think>") : List.of());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chat_thought_isApartFromWhatIsSaid(boolean controls) throws Exception {
        try (NodeFixture node =
                NodeFixture.saying("<think>\nTwo twos.\n</think>\n\nFour.", vocabulary(TEMPLATE, controls))) {
            JsonNode message = choice(node, "").path("message");

            assertThat(message.path("reasoning_content").stringValue()).isEqualTo("Two twos.");
            assertThat(message.path("content").stringValue()).isEqualTo("Four.");
        }
    }

    @Test
    void chat_thoughtStreamed_comesInDeltasOfItsOwn() throws Exception {
        try (NodeFixture node =
                NodeFixture.saying("<think>\nTwo twos.\n</think>\n\nFour.", vocabulary(TEMPLATE, true))) {
            List<JsonNode> events =
                    events(node.post(CHAT, body(",\"stream\":true")).body());

            assertThat(joined(events, "reasoning_content")).isEqualTo("Two twos.");
            assertThat(joined(events, "content")).isEqualTo("Four.");
            assertThat(events)
                    .noneMatch(e -> e.at("/choices/0/delta").has("content")
                            && e.at("/choices/0/delta").has("reasoning_content"));
        }
    }

    private static String joined(List<JsonNode> events, String field) {
        return events.stream()
                .map(e -> e.at("/choices/0/delta/" + field).asString(""))
                .collect(Collectors.joining());
    }

    @Test
    void chat_promptThatBeginsAThought_answerGoesOnWithIt() throws Exception {
        try (NodeFixture node = NodeFixture.saying("Two twos.\n</think>\nFour.", vocabulary(BEGUN, false))) {
            JsonNode message = choice(node, "").path("message");

            assertThat(message.path("reasoning_content").stringValue()).isEqualTo("Two twos.");
            assertThat(message.path("content").stringValue()).isEqualTo("Four.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"chat_template_kwargs\":{\"enable_thinking\":false}", ",\"reasoning_effort\":\"none\""})
    void chat_thinkingSwitchedOff_reachesTheTemplate(String more) throws Exception {
        try (NodeFixture node = NodeFixture.saying("Four.", vocabulary(BEGUN, false))) {
            JsonNode message = choice(node, more).path("message");

            assertThat(message.has("reasoning_content")).isFalse();
            assertThat(message.path("content").stringValue()).isEqualTo("Four.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEMPLATE, BEGUN})
    void chat_schemaAfterAThought_isOfWhatIsSaid(String template) throws Exception {
        String said = (template.equals(TEMPLATE) ? "<think>" : "") + "{not json} yet</think>\n{\"a\":true}";
        String format = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":"
                + "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"}},\"required\":[\"a\"]}}}";
        try (NodeFixture node = NodeFixture.saying(said, vocabulary(template, false))) {
            JsonNode message = choice(node, format).path("message");

            assertThat(message.path("reasoning_content").stringValue()).isEqualTo("{not json} yet");
            assertThat(message.path("content").stringValue()).isEqualTo("{\"a\":true}");
        }
    }

    @Test
    void chat_reasoningInTheHistory_reachesTheTemplate() throws Exception {
        String messages = """
                {"model":"scripted","max_tokens":1,"messages":[{"role":"user","content":"a"},
                {"role":"assistant","content":"b","reasoning_content":"ccc"},{"role":"user","content":"d"}]}""";
        try (NodeFixture node = NodeFixture.saying("x", vocabulary(TEMPLATE, false))) {
            int with = json(node.post(CHAT, messages).body())
                    .at("/usage/prompt_tokens")
                    .intValue();
            int without = json(node.post(CHAT, messages.replace("ccc", "")).body())
                    .at("/usage/prompt_tokens")
                    .intValue();

            assertThat(with).isEqualTo(without + 3);
        }
    }

    @Test
    void chat_callAfterAThought_isForcedBehindIt() throws Exception {
        String template = TEMPLATE + "{{ tools | tojson }}<think>{# <tool_call> #}";
        String more =
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"now\"}}],\"tool_choice\":\"required\"";
        try (NodeFixture node = NodeFixture.saying(
                "Maybe <tool_call>?</think>\n<tool_call>{\"name\": \"now\", \"arguments\": {}}</tool_call>",
                vocabulary(template, true))) {
            JsonNode choice = choice(node, more);

            assertThat(choice.at("/message/reasoning_content").stringValue()).isEqualTo("Maybe <tool_call>?");
            assertThat(choice.at("/message/tool_calls/0/function/name").stringValue())
                    .isEqualTo("now");
            assertThat(choice.path("finish_reason").stringValue()).isEqualTo("tool_calls");
        }
    }

    @Test
    void chat_logprobsOfAThinker_areOfEveryToken() throws Exception {
        try (NodeFixture node = NodeFixture.saying("<think>ab</think>cd", vocabulary(TEMPLATE, true))) {
            JsonNode choice = choice(node, ",\"logprobs\":true");

            assertThat(choice.at("/logprobs/content").size()).isEqualTo(6);
            assertThat(choice.at("/message/content").stringValue()).isEqualTo("cd");
        }
    }
}
