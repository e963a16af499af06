// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
    void new_anotherTemplate_isRefused() {
        try (var tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.of("{{ '[INST]' }}")))) {
            assertThatThrownBy(() -> new ChatTemplate(tokenizer))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("tokenizer.chat_template: not ChatML");
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
