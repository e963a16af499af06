// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.template.TemplateException;
import io.intramuros.inference.text.ChatMessage;
import io.intramuros.inference.text.ChatTemplate;
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
 * @param usual how its tokens are chosen where a request does not say
 * @param turns who is next
 * @param metrics what it has done
 */
record ChatModel(
        String id,
        Decoder decoder,
        TextTokenizer tokenizer,
        ChatTemplate template,
        Sampling usual,
        Turns turns,
        ModelMetrics metrics)
        implements AutoCloseable {
    /** Fewer tokens than this the prompt cannot have; costs nothing. */
    int fewestTokens(Ask.Prompt prompt) {
        return switch (prompt) {
            case Ask.Prompt.Chat(var messages) ->
                messages.stream()
                        .mapToInt(message -> tokenizer.fewest(message.content()))
                        .sum();
            case Ask.Prompt.Text(var text) -> tokenizer.fewest(text);
        };
    }

    /** The ids that a request's prompt stands for. */
    List<Integer> prompt(Ask.Prompt prompt) throws RefusedException {
        int[] ids = switch (prompt) {
            case Ask.Prompt.Chat(var messages) -> rendered(messages);
            case Ask.Prompt.Text(var text) -> begun(tokenizer.encode(text));
        };
        return Arrays.stream(ids).boxed().toList();
    }

    private int[] rendered(List<ChatMessage> messages) throws RefusedException {
        try {
            return template.render(messages);
        } catch (TemplateException e) {
            throw new RefusedException(ApiError.template(e.reason()));
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
