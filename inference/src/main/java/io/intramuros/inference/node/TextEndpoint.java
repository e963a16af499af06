// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.answer.AnswerParser;
import io.intramuros.inference.answer.AnswerPart;
import io.intramuros.inference.text.Generation;
import io.intramuros.inference.text.GenerationListener;
import io.intramuros.inference.text.GenerationRequest;
import io.intramuros.inference.text.Outcome;
import io.intramuros.inference.text.ScoredToken;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Answers requests for text: waits for the model's turn, generates, and sends the answer whole or as it grows. */
final class TextEndpoint {
    private final ServedModels models;
    private final InstantSource clock;
    private final Grammars grammars = new Grammars();

    TextEndpoint(ServedModels models, InstantSource clock) {
        this.models = models;
        this.clock = clock;
    }

    void serve(Call call, Ask ask, AnswerForm form) throws RefusedException, IOException, InterruptedException {
        long began = System.nanoTime();
        ChatModel model = models.chat(ask.model()).orElseThrow(() -> new RefusedException(ApiError.noModel()));
        Task task = Task.of(model, ask, call.request().tenant(), grammars);
        GenerationRequest request = task.request();
        boolean background = call.request().background() || ask.isBackground();
        Turns turns = model.turns();
        Turns.Place place = turns.enter(new Turns.Wish(request.tenant(), request.tokens(), background))
                .orElseThrow(() -> new RefusedException(ApiError.overloaded(turns.patience())));
        try (place) {
            call.onHangUp(place::giveUp);
            turns.await(place);
            model.metrics().started(since(began));
            generate(call, new Run(model, ask, task, form, began));
        }
    }

    private void generate(Call call, Run run) throws RefusedException, IOException, InterruptedException {
        String id = (run.form instanceof ChatForm ? "chatcmpl-" : "cmpl-")
                + UUID.randomUUID().toString().replace("-", "");
        var answer = new AnswerForm.Answer(
                id,
                clock.instant().getEpochSecond(),
                run.model.id(),
                run.ask.delivery().usage(),
                run.model.tokenizer()::bytes);
        Delivery delivery = run.ask.delivery().stream()
                ? new StreamedDelivery(call, run.form, answer)
                : new WholeDelivery(call, run.form, answer);
        GenerationRequest request = run.task.request();
        List<Outcome> outcomes = new ArrayList<>();
        boolean cancelled = false;
        for (int index = 0; index < run.ask.answers() && !cancelled; index++) {
            Outcome outcome = generate(call, request.forAnswer(index), new Telling(index, delivery, run));
            outcomes.add(outcome);
            cancelled = outcome.reason() == Outcome.Reason.CANCELLED;
        }
        if (!cancelled) {
            int made = outcomes.stream().mapToInt(Outcome::completionTokens).sum();
            delivery.end(
                    outcomes, new Outcome(Outcome.Reason.STOP, request.prompt().size(), made));
        }
    }

    /** Makes one of the answers. */
    private static Outcome generate(Call call, GenerationRequest request, Telling telling)
            throws RefusedException, IOException, InterruptedException {
        Run run = telling.run;
        var generation = new Generation(run.model.decoder(), run.model.tokenizer(), request);
        call.onHangUp(generation::cancel);
        Outcome outcome;
        try {
            outcome = generation.run(telling);
        } catch (IOException | RuntimeException e) {
            run.model.metrics().ended(generation.brokenOff(), since(run.began));
            throw e;
        }
        run.model.metrics().ended(outcome, since(run.began));
        telling.finish(outcome);
        return outcome;
    }

    /** Tells the client of one answer as it grows; scores wait for what is said with them. */
    private static final class Telling implements GenerationListener {
        private static final AnswerPart NOTHING = new AnswerPart.Content("");

        private final int index;
        private final Delivery delivery;
        private final Run run;
        private final Optional<AnswerParser> parser;
        private final List<ScoredToken> scores = new ArrayList<>();
        private int calls;

        Telling(int index, Delivery delivery, Run run) {
            this.index = index;
            this.delivery = delivery;
            this.run = run;
            this.parser = run.task.rules().map(rules -> new AnswerParser(rules, run.model.manner()::newId));
        }

        @Override
        public void firstToken() throws IOException, InterruptedException {
            run.model.metrics().firstToken(since(run.began));
            delivery.begin(index);
        }

        @Override
        public void scored(ScoredToken token) {
            scores.add(token);
        }

        @Override
        public void text(String piece) throws IOException, InterruptedException {
            tell(parser.map(known -> known.push(piece)).orElseGet(() -> List.of(new AnswerPart.Content(piece))));
        }

        void finish(Outcome outcome) throws RefusedException, IOException, InterruptedException {
            if (outcome.reason() != Outcome.Reason.CANCELLED) {
                tell(parser.map(AnswerParser::finish).orElse(List.of()));
            }
            delivery.finish(part(NOTHING), outcome);
        }

        private void tell(List<AnswerPart> parts) throws IOException, InterruptedException {
            for (AnswerPart said : parts) {
                delivery.said(part(said));
                calls += said instanceof AnswerPart.Call ? 1 : 0;
            }
        }

        private AnswerForm.Part part(AnswerPart said) {
            boolean asked = run.ask.shape().logprobs().isPresent();
            Optional<List<ScoredToken>> since = asked ? Optional.of(List.copyOf(scores)) : Optional.empty();
            scores.clear();
            return new AnswerForm.Part(index, said, calls, since);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** What one answer is made from. */
    private record Run(ChatModel model, Ask ask, Task task, AnswerForm form, long began) {}
}
