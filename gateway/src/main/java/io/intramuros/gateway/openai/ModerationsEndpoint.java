// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.Rules;
import io.intramuros.gateway.dialect.Slots;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.LocalEndpoint;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.policies.Model;
import io.intramuros.policies.yaml.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/moderations}: what is found in texts, and what the policies would do about it. No model judges them. */
final class ModerationsEndpoint implements LocalEndpoint {
    private static final Place AT = new Place("the gateway", 1, 1);
    private static final int CONTEXT = 100_000_000;
    private static final Model MODEL = new Model(
            ModerationWriter.MODEL,
            AT,
            List.of(new Model.Replica(AT, "gateway", null)),
            CONTEXT,
            Set.of(Model.Capability.CLASSIFY),
            List.of(),
            null,
            1);

    private final Dialect dialect;

    ModerationsEndpoint(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String path() {
        return "/v1/moderations";
    }

    @Override
    public Optional<Model> own() {
        return Optional.of(MODEL);
    }

    @Override
    public Reading read(byte[] bytes) {
        return switch (StrictJson.read(bytes)) {
            case StrictJson.Parsed.Wrong(String why) -> new Reading.Faulty(new Refusal(ErrorCode.INVALID_JSON, why));
            case StrictJson.Parsed.Tree(ObjectNode body) ->
                fault(body).<Reading>map(Reading.Faulty::new).orElseGet(() -> sound(body));
        };
    }

    private static Reading sound(ObjectNode body) {
        return new Reading.Sound(new ModelRequest(
                Operation.MODERATION,
                body,
                ModerationWriter.MODEL,
                Slots.of(body, OpenAiWords.INSTANCE),
                false,
                OptionalLong.empty(),
                1));
    }

    private static Optional<Refusal> fault(ObjectNode body) {
        JsonNode input = body.path("input");
        if (input.isString()) return Optional.empty();
        if (!input.isArray() || input.isEmpty())
            return Rules.refuse("input", "must be a string, an array of strings or an array of text parts");
        boolean texts = input.path(0).isString();
        return Rules.each(input, "input", (element, at) -> element(element, at, texts));
    }

    private static Optional<Refusal> element(JsonNode element, String at, boolean isText) {
        boolean sound = isText
                ? element.isString()
                : element.path("type").asString("").equals("text")
                        && element.path("text").isString();
        return sound
                ? Optional.empty()
                : Rules.refuse(at, isText ? "must be a string" : "must be a text part; images cannot be examined");
    }

    @Override
    public Optional<byte[]> local(Exchange exchange) {
        return exchange.found().examined.find().map(slots -> ModerationWriter.write(exchange, slots));
    }

    @Override
    public byte[] canary(String text) {
        return ("{\"input\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
