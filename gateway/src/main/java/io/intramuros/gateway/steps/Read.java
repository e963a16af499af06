// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.dialect.Misplaced;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import io.intramuros.gateway.node.Catalog;
import io.intramuros.policies.Model;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Step 3: parses the body, lists its text slots, and finds the model that it asks for. */
public final class Read implements Step {
    private final Supplier<Catalog> catalog;

    public Read(Supplier<Catalog> catalog) {
        this.catalog = catalog;
    }

    @Override
    public Outcome take(Exchange exchange) {
        return switch (exchange.endpoint().read(exchange.bytes())) {
            case Reading.Faulty(Refusal refusal) -> hinted(refusal, exchange);
            case Reading.Sound(ModelRequest request) -> {
                exchange.found().request.set(request);
                Optional<Model> own = exchange.endpoint().own();
                own.ifPresent(exchange.found().model::set);
                yield own.isPresent()
                        ? Onward.ONWARD
                        : model(exchange, catalog.get().find(request.model()));
            }
        };
    }

    private static Refusal hinted(Refusal refusal, Exchange exchange) {
        if (refusal.code() != ErrorCode.INVALID_REQUEST
                || !(StrictJson.read(exchange.bytes()) instanceof StrictJson.Parsed.Tree(ObjectNode body)))
            return refusal;
        return Misplaced.hint(exchange.endpoint().path(), body)
                .map(hint ->
                        new Refusal(refusal.code(), refusal.message() + " " + hint, refusal.param(), refusal.headers()))
                .orElse(refusal);
    }

    private static Outcome model(Exchange exchange, Optional<Model> found) {
        if (found.isEmpty())
            return new Refusal(
                    ErrorCode.MODEL_NOT_FOUND, "There is no such model here; GET /v1/models lists those there are.");
        Model model = found.get();
        if (!ModelGlobs.allow(exchange.caller().models(), model.name()))
            return new Refusal(
                    ErrorCode.MODEL_NOT_ALLOWED,
                    "This key may not use the model " + model.name() + "; GET /v1/models lists those it may.");
        String capability = exchange.found().request.get().operation().capability();
        boolean able = model.capabilities().stream()
                .anyMatch(c -> c.name().toLowerCase(Locale.ROOT).equals(capability));
        if (!able)
            return Refusal.invalid("model", "The model " + model.name() + " has no capability \"" + capability + "\".");
        exchange.found().model.set(model);
        return Onward.ONWARD;
    }
}
