// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The ChatML form of a conversation: {@code <|im_start|>role, newline, content, <|im_end|>, newline} for each message,
 * then the start of the model's own. The two marks are written as ids, never as text, so that a message that spells
 * one out stays a message. Immutable.
 */
public final class ChatTemplate {
    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>";
    /** What a ChatML template says where the conversation has no system message of its own. */
    private static final Pattern SYSTEM_DEFAULT = Pattern.compile(
            Pattern.quote(START) + "system(?:\\n|\\\\n)([^'\"{}]*?)" + Pattern.quote(END), Pattern.DOTALL);

    private final TextTokenizer tokenizer;
    private final int start;
    private final int end;
    private final Optional<ChatMessage> systemDefault;

    /**
     * Reads the template of the tokenizer's vocabulary.
     *
     * @throws IllegalArgumentException where it is not ChatML
     */
    public ChatTemplate(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        String jinja = tokenizer.vocabulary().chatTemplate().orElse(START);
        this.start = mark(tokenizer.vocabulary(), START, jinja);
        this.end = mark(tokenizer.vocabulary(), END, jinja + END);
        Matcher matcher = SYSTEM_DEFAULT.matcher(jinja);
        this.systemDefault = matcher.find()
                ? Optional.of(new ChatMessage(ChatMessage.Role.SYSTEM, matcher.group(1)))
                : Optional.empty();
    }

    /** The prompt's ids, which end where the model's answer begins. */
    public int[] render(List<ChatMessage> messages) {
        boolean ownSystem = !messages.isEmpty() && messages.getFirst().role() == ChatMessage.Role.SYSTEM;
        var ids = IntStream.builder();
        if (!ownSystem) {
            systemDefault.ifPresent(message -> add(ids, message));
        }
        messages.forEach(message -> add(ids, message));
        ids.add(start);
        addText(ids, "assistant\n");
        return ids.build().toArray();
    }

    private void add(IntStream.Builder ids, ChatMessage message) {
        ids.add(start);
        // One call for role and content: newlines at their border belong to one piece of the pre-tokenizer.
        addText(ids, message.role().name().toLowerCase(Locale.ROOT) + "\n" + message.content());
        ids.add(end);
        addText(ids, "\n");
    }

    private void addText(IntStream.Builder ids, String text) {
        for (int id : tokenizer.encode(text)) {
            ids.add(id);
        }
    }

    private static int mark(Vocabulary vocabulary, String mark, String jinja) {
        OptionalInt id = vocabulary.control(mark);
        if (id.isEmpty() || !jinja.contains(mark)) {
            throw new IllegalArgumentException(
                    "tokenizer.chat_template: not ChatML (expected: " + START + " … " + END + ", both control tokens)");
        }
        return id.getAsInt();
    }
}
