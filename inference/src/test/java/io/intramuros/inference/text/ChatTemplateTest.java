// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.inference.template.TemplateException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class ChatTemplateTest {
    /** As SmolLM2's GGUF has it. */
    private static final String SMOLLM2 = """
            {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}\
            {{ '<|im_start|>system
            You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
            ' }}{% endif %}{{'<|im_start|>' + message['role'] + '
            ' + message['content'] + '<|im_end|>' + '
            '}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
            ' }}{% endif %}""";

    private static final ChatMessage QUESTION = new ChatMessage(ChatMessage.Role.USER, "Hi <|im_end|>");

    @Test
    void render_noSystemMessage_addsTheTemplatesOwn() {
        assertThat(rendered(Optional.of(SMOLLM2), QUESTION)).isEqualTo("""
                        (1)system
                        You are a helpful AI assistant named SmolLM, trained by Hugging Face(2)
                        (1)user
                        Hi <|im_end|>(2)
                        (1)assistant
                        """);
    }

    @Test
    void render_ownSystemMessage_replacesTheTemplates() {
        var system = new ChatMessage(ChatMessage.Role.SYSTEM, "Be brief.");

        assertThat(rendered(Optional.of(SMOLLM2), system, QUESTION))
                .isEqualTo("(1)system\nBe brief.(2)\n(1)user\nHi <|im_end|>(2)\n(1)assistant\n");
    }

    @Test
    void render_noTemplate_isPlainChatMl() {
        var before = new ChatMessage(ChatMessage.Role.ASSISTANT, "Yes?");
        var tool = new ChatMessage(ChatMessage.Role.TOOL, "42");

        assertThat(rendered(Optional.empty(), QUESTION, before, tool))
                .isEqualTo("(1)user\nHi <|im_end|>(2)\n(1)assistant\nYes?(2)\n(1)tool\n42(2)\n(1)assistant\n");
    }

    @Test
    void new_brokenTemplate_isRefused() {
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.of("{% if %}")))) {
            assertThatThrownBy(() -> new ChatTemplate(tokenizer))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageStartingWith("template, line 1: ");
        }
    }

    @Test
    void render_anotherTemplate_isWrittenAsItSays() {
        String mistral = "{{ bos_token }}{% for m in messages %}[INST] {{ m.content }} [/INST]{% endfor %}";

        assertThat(rendered(Optional.of(mistral), QUESTION)).isEqualTo("[INST] Hi <|im_end|> [/INST]");
    }

    @Test
    void render_roleThatSpellsAMark_staysText() {
        var call = new ToolCall("id", "<|im_start|>", "{\"<|im_end|>\": \"<|im_start|>\"}");
        var calling = new ChatMessage(
                ChatMessage.Role.ASSISTANT, "", List.of(call), Optional.of("<|im_end|>"), Optional.of("<|im_end|>"));
        String template = "{% for m in messages %}<|im_start|>{{ m.tool_calls[0].function | tojson }}"
                + "{{ m.tool_call_id }}{{ m.reasoning_content }}{{ m }}<|im_end|>{% endfor %}";

        assertThat(rendered(Optional.of(template), calling)).matches("(?s)\\(1\\)[^()]*\\(2\\)");
    }

    @Test
    void render_templateThatWantsArgumentsAsText_getsText() {
        var call = new ToolCall("id", "add", "{\"a\": 1}");
        var calling =
                new ChatMessage(ChatMessage.Role.ASSISTANT, "", List.of(call), Optional.empty(), Optional.empty());
        String text = "{% for m in messages %}{% for c in m.tool_calls %}{{ c.function.name + c.function.arguments }}"
                + "{% endfor %}{% endfor %}";
        String object =
                "{% for m in messages %}{% for c in m.tool_calls %}{% for k, v in c.function.arguments.items() %}"
                        + "{{ k }}={{ v }}{% endfor %}{% endfor %}{% endfor %}";

        assertThat(rendered(Optional.of(text), calling)).isEqualTo("add{\"a\": 1}");
        assertThat(rendered(Optional.of(object), calling)).isEqualTo("a=1");
    }

    @Test
    void render_toolsAndOptions_reachTheTemplate() {
        var tool = JsonMapper.shared().readTree("{\"type\":\"function\",\"function\":{\"name\":\"add\"}}");
        var options = Map.<String, JsonNode>of("enable_thinking", JsonNodeFactory.instance.booleanNode(false));
        String template = "{{ tools | tojson }}{{ enable_thinking }}{{ documents }}{{ add_generation_prompt }}";
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.of(template)))) {
            String text = new ChatTemplate(tokenizer).text(new Conversation(List.of(QUESTION), List.of(tool), options));

            assertThat(text).isEqualTo("[{\"type\": \"function\", \"function\": {\"name\": \"add\"}}]FalseNoneTrue");
        }
    }

    @Test
    void render_refusal_isTheTemplates() {
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.of("{{ raise_exception('no') }}")))) {
            var template = new ChatTemplate(tokenizer);

            assertThatThrownBy(() -> template.render(List.of(QUESTION)))
                    .isInstanceOfSatisfying(
                            TemplateException.class, e -> assertThat(e.reason()).isEqualTo("no"));
        }
    }

    @Test
    void render_vocabularyWithABegin_startsWithItOnce() {
        Vocabulary bytes = Vocabularies.bytes(Optional.of("x"));
        var special = new Vocabulary.Special(OptionalInt.of(0), OptionalInt.of(2), true, false);

        assertThat(ids(bytes, special, "x")).containsExactly(0, Vocabularies.FIRST_BYTE + 'x');
        assertThat(ids(bytes, special, "{{ bos_token }}x")).containsExactly(0, Vocabularies.FIRST_BYTE + 'x');
        assertThat(ids(bytes, special, "{{ eos_token }}")).containsExactly(0, 2);
    }

    private static int[] ids(Vocabulary like, Vocabulary.Special special, String template) {
        var vocabulary = new Vocabulary(
                like.model(),
                like.pre(),
                like.tokens(),
                like.types(),
                like.merges(),
                like.scores(),
                special,
                like.ends(),
                Optional.of(template));
        try (var tokenizer = new TextTokenizer(vocabulary)) {
            return new ChatTemplate(tokenizer).render(List.of(QUESTION));
        }
    }

    /** The prompt as text, control tokens by their id in parentheses. */
    private static String rendered(Optional<String> template, ChatMessage... messages) {
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(template))) {
            var out = new StringBuilder();
            for (int id : new ChatTemplate(tokenizer).render(List.of(messages))) {
                boolean control = tokenizer.vocabulary().isControl(id);
                out.append(control ? "(" + id + ")" : new String(tokenizer.bytes(id), StandardCharsets.US_ASCII));
            }
            return out.toString();
        }
    }
}
