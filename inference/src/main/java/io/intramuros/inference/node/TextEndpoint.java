// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Generation;
import io.intramuros.inference.text.GenerationListener;
import io.intramuros.inference.text.GenerationRequest;
import io.intramuros.inference.text.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Answers requests for text: waits for the model's turn, generates, and sends the answer whole or as it grows. */
final class TextEndpoint {
    private final ServedModels models;
    private final InstantSource clock;

    TextEndpoint(ServedModels models, InstantSource clock) {
        this.models = models;
        this.clock = clock;
    }

    void serve(Call call, Ask ask, AnswerForm form) throws RefusedException, IOException, InterruptedException {
        long began = System.nanoTime();
        ChatModel model = models.chat(ask.model()).orElseThrow(() -> new RefusedException(ApiError.noModel()));
        GenerationRequest request = request(model, ask, call.request().tenant());
        var generation = new Generation(model.decoder(), model.tokenizer(), request);
        Turns.Place place = model.turns()
                .enter(request.tenant(), request.tokens())
                .orElseThrow(() -> new RefusedException(ApiError.overloaded()));
        try (place) {
            call.onHangUp(() -> {
                generation.cancel();
                place.giveUp();
            });
            if (!place.await()) {
                throw new HungUpException("connection: closed while waiting for a turn");
            }
            model.metrics().started(since(began));
            generate(call, generation, new Run(model, ask, form, began));
        }
    }

    private GenerationRequest request(ChatModel model, Ask ask, String tenant) throws RefusedException {
        int context = model.decoder().context();
        int fewest = model.fewestTokens(ask.prompt());
        if (fewest >= context) {
            throw new RefusedException(ApiError.tooLong(context, fewest));
        }
        List<Integer> prompt = model.prompt(ask.prompt());
        if (prompt.size() >= context) {
            throw new RefusedException(ApiError.tooLong(context, prompt.size()));
        }
        int most = Math.min(ask.maxTokens().orElse(context), context - prompt.size());
        return new GenerationRequest(prompt, most, model.sampling(ask.choice()), ask.stops(), ask.ignoreEnd(), tenant);
    }

    private void generate(Call call, Generation generation, Run run)
            throws RefusedException, IOException, InterruptedException {
        String id = (run.form instanceof ChatForm ? "chatcmpl-" : "cmpl-")
                + UUID.randomUUID().toString().replace("-", "");
        var answer = new AnswerForm.Answer(
                id,
                clock.instant().getEpochSecond(),
                run.model.id(),
                run.ask.delivery().usage());
        Delivery delivery = run.ask.delivery().stream()
                ? new StreamedDelivery(call, run.form, answer)
                : new WholeDelivery(call, run.form, answer);
        Outcome outcome;
        try {
            outcome = generation.run(listener(delivery, run));
        } catch (IOException | RuntimeException e) {
            run.model.metrics().ended(generation.brokenOff(), since(run.began));
            throw e;
        }
        run.model.metrics().ended(outcome, since(run.began));
        delivery.end(outcome);
    }

    private static GenerationListener listener(Delivery delivery, Run run) {
        return new GenerationListener() {
            @Override
            public void firstToken() throws IOException, InterruptedException {
                run.model.metrics().firstToken(since(run.began));
                delivery.begin();
            }

            @Override
            public void text(String piece) throws IOException, InterruptedException {
                delivery.text(piece);
            }
        };
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** What one answer is made from. */
    private record Run(ChatModel model, Ask ask, AnswerForm form, long began) {}
}
