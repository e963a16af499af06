// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.answer.AnswerParser;
import io.intramuros.inference.answer.CallFormat;
import io.intramuros.inference.grammar.AnswerGrammar;
import io.intramuros.inference.grammar.CallForm;
import io.intramuros.inference.grammar.Grammar;
import io.intramuros.inference.text.ChatTemplate;
import io.intramuros.inference.text.GenerationRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model has to do for a request.
 *
 * @param request what to generate
 * @param rules how the answer is taken apart; empty where it is text and nothing else
 */
record Task(GenerationRequest request, Optional<AnswerParser.Rules> rules) {
    /** What a request asks of a model, or the refusal of what the model cannot do. */
    static Task of(ChatModel model, Ask ask, String tenant, Grammars grammars) throws RefusedException {
        int context = model.decoder().context();
        int fewest = model.fewestTokens(ask.prompt());
        if (fewest >= context) {
            throw new RefusedException(ApiError.tooLong(context, fewest));
        }
        ChatTemplate.Told told = model.told(ask.prompt());
        List<Integer> prompt = told.ids();
        if (prompt.size() >= context) {
            throw new RefusedException(ApiError.tooLong(context, prompt.size()));
        }
        int most = Math.min(ask.maxTokens().orElse(context), context - prompt.size());
        var request = new GenerationRequest(
                prompt,
                most,
                model.sampling(ask.choice()),
                ask.stops(),
                ask.ignoreEnd(),
                tenant,
                shape(model.manner(), ask, told, grammars));
        return new Task(request, rules(model.manner(), ask.prompt(), told));
    }

    private static GenerationRequest.Shape shape(Manner manner, Ask ask, ChatTemplate.Told told, Grammars grammars)
            throws RefusedException {
        return switch (ask.prompt()) {
            case Ask.Prompt.Text _ ->
                new GenerationRequest.Shape(Optional.empty(), ask.shape().logprobs());
            case Ask.Prompt.Chat chat -> {
                var wish = new AnswerGrammar.Wish(
                        thought(manner, told),
                        calls(manner, chat.offer()),
                        ask.shape().json());
                boolean free = wish.calls().isEmpty() && wish.json().isEmpty();
                Optional<Grammar> grammar = free ? Optional.empty() : Optional.of(grammars.of(wish));
                yield new GenerationRequest.Shape(
                        grammar,
                        ask.shape().logprobs(),
                        manner.spelled(!chat.offer().isNone()));
            }
        };
    }

    private static AnswerGrammar.Thought thought(Manner manner, ChatTemplate.Told told) {
        if (!manner.thinks()) {
            return AnswerGrammar.Thought.NONE;
        }
        return told.thinking() ? AnswerGrammar.Thought.BEGUN : AnswerGrammar.Thought.POSSIBLE;
    }

    /** A bare object is a call only by its name, so that without need no answer that begins like one is held to it. */
    private static Optional<AnswerGrammar.Calls> calls(Manner manner, Offer offer) {
        boolean needless = manner.form()
                        .filter(form -> form.layout() == CallForm.Layout.BARE)
                        .isPresent()
                && !offer.isHeld();
        if (offer.isNone() || needless) {
            return Optional.empty();
        }
        return manner.form()
                .map(form -> new AnswerGrammar.Calls(form, offer.callable(), offer.forced(), offer.several()));
    }

    private static Optional<AnswerParser.Rules> rules(Manner manner, Ask.Prompt prompt, ChatTemplate.Told told) {
        return switch (prompt) {
            case Ask.Prompt.Text _ -> Optional.empty();
            case Ask.Prompt.Chat chat -> {
                boolean calls = !chat.offer().isNone();
                Optional<CallFormat> format = calls ? manner.format() : Optional.empty();
                boolean plain = format.isEmpty() && !manner.thinks();
                boolean thinking = manner.thinks() && told.thinking();
                yield plain
                        ? Optional.empty()
                        : Optional.of(new AnswerParser.Rules(
                                format,
                                manner.thinks(),
                                thinking,
                                calls ? chat.offer().schemas() : Map.of()));
            }
        };
    }
}
