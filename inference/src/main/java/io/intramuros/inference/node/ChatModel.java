// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.template.TemplateException;
import io.intramuros.inference.text.ChatMessage;
import io.intramuros.inference.text.ChatTemplate;
import io.intramuros.inference.text.Conversation;
import io.intramuros.inference.text.Sampling;
import io.intramuros.inference.text.TextTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A language model that is loaded and can answer.
 *
 * @param id the name it is served by
 * @param decoder its network
 * @param tokenizer its tokenizer
 * @param template how it is told a conversation
 * @param manner how it was taught to answer
 * @param usual how its tokens are chosen where a request does not say
 * @param turns who is next
 * @param metrics what it has done
 */
record ChatModel(
        String id,
        Decoder decoder,
        TextTokenizer tokenizer,
        ChatTemplate template,
        Manner manner,
        Sampling usual,
        Turns turns,
        ModelMetrics metrics)
        implements AutoCloseable {
    /** A model that answers as its template taught it. */
    ChatModel(
            String id,
            Decoder decoder,
            TextTokenizer tokenizer,
            ChatTemplate template,
            Sampling usual,
            Turns turns,
            ModelMetrics metrics) {
        this(id, decoder, tokenizer, template, Manner.of(template, tokenizer.vocabulary()), usual, turns, metrics);
    }

    /** Fewer tokens than this the prompt cannot have; costs nothing. */
    int fewestTokens(Ask.Prompt prompt) {
        return switch (prompt) {
            case Ask.Prompt.Chat chat ->
                chat.messages().stream()
                        .mapToInt(message -> tokenizer.fewest(message.content()))
                        .sum();
            case Ask.Prompt.Text(var text) -> tokenizer.fewest(text);
        };
    }

    /** What a request's prompt stands for. */
    ChatTemplate.Told told(Ask.Prompt prompt) throws RefusedException {
        return switch (prompt) {
            case Ask.Prompt.Chat chat -> told(chat);
            case Ask.Prompt.Text(var text) ->
                new ChatTemplate.Told(
                        Arrays.stream(begun(tokenizer.encode(text))).boxed().toList(), false);
        };
    }

    private ChatTemplate.Told told(Ask.Prompt.Chat chat) throws RefusedException {
        refuseUntold(chat);
        List<ChatMessage> messages = chat.messages().stream().map(manner::taken).toList();
        try {
            return template.tell(new Conversation(messages, chat.offer().told(), chat.options()));
        } catch (TemplateException e) {
            throw new RefusedException(ApiError.template(e.reason()));
        }
    }

    /** What the template would pass over in silence is refused. */
    private void refuseUntold(Ask.Prompt.Chat chat) throws RefusedException {
        if (!chat.offer().isNone() && !manner.tools()) {
            throw new RefusedException(ApiError.noTools("tools", "this model's chat template knows no tools"));
        }
        if (!chat.offer().isNone() && manner.format().isEmpty()) {
            throw new RefusedException(
                    ApiError.noTools("tools", "how this model writes calls is not known to this node"));
        }
        for (int i = 0; i < chat.messages().size() && !manner.tools(); i++) {
            if (!chat.messages().get(i).calls().isEmpty()) {
                throw new RefusedException(ApiError.noTools(
                        "messages[" + i + "].tool_calls", "this model's chat template knows no tools"));
            }
        }
    }

    /** The sampler's settings: the request's own, and this model's usual ones for the rest. */
    Sampling sampling(Ask.Choice choice) throws RefusedException {
        try {
            return new Sampling(
                    choice.temperature().orElse(usual.temperature()),
                    choice.topP().orElse(usual.topP()),
                    choice.topK().orElse(usual.topK()),
                    choice.minP(),
                    choice.typicalP(),
                    choice.penalties(),
                    choice.bias(),
                    choice.seed());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ApiError.range(e));
        }
    }

    @Override
    public void close() {
        decoder.close();
        tokenizer.close();
    }

    private int[] begun(int[] ids) {
        OptionalInt begin = tokenizer.vocabulary().begin();
        if (begin.isEmpty()) {
            return ids;
        }
        int[] all = new int[ids.length + 1];
        all[0] = begin.getAsInt();
        System.arraycopy(ids, 0, all, 1, ids.length);
        return all;
    }
}
