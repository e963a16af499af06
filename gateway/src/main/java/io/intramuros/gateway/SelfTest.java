// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.dialect.OpenAiForward;
import io.intramuros.gateway.dialect.OpenAiReader;
import io.intramuros.gateway.dialect.Reading;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.gateway.steps.Redact;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.policies.Decision;
import io.intramuros.policies.Verdict;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sends a canary the way of every operation before the gateway says that it is ready: through the reader, the redaction
 * and the writer of what a node gets, and back through the filters of the answer. A gateway in which one of them is not
 * wired does not start.
 */
final class SelfTest {
    private static final List<String> CANARIES =
            List.of("canary.bird@example.com", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111");
    private static final String TEXT = "Canary " + String.join(" and ", CANARIES);
    private static final Decision DECISION = new Decision(
            "self-test",
            List.of(),
            new Verdict.Allow(),
            new ActionPlan(Map.of(), Action.PSEUDONYMIZE),
            new ActionPlan(Map.of(), Action.ALLOW),
            true,
            OptionalInt.empty(),
            Set.of(),
            List.of());

    private final Redact redact;

    /** Over a step with the detectors that requests will meet. */
    SelfTest(Redact redact) {
        this.redact = redact;
    }

    /** Fails where a canary comes through, or does not come back. */
    void run() {
        for (Operation operation : Operation.values()) run(operation);
    }

    private void run(Operation operation) {
        Exchange exchange = new Exchange(
                "self-test",
                Instant.EPOCH,
                operation,
                new Caller(Caller.Kind.KEY, "self-test", "self-test", "self-test", List.of("*")),
                body(operation));
        if (!(OpenAiReader.read(operation, exchange.bytes()) instanceof Reading.Sound(ModelRequest request)))
            throw failed(operation, "its canary was not read");
        exchange.found().request.set(request);
        exchange.found().decision.set(DECISION);
        if (redact.take(exchange) != Onward.ONWARD) throw failed(operation, "its canary was not redacted");
        String forward = new String(OpenAiForward.body(operation, request, "m", 1), StandardCharsets.UTF_8);
        if (CANARIES.stream().anyMatch(forward::contains)) throw failed(operation, "its canary came through");
        String surrogates = request.slots().getLast().text();
        String back = exchange.found().filters.get().whole(TextSlot.Form.TEXT, surrogates);
        if (!back.equals(TEXT)) throw failed(operation, "its canary did not come back");
    }

    private static byte[] body(Operation operation) {
        String body = switch (operation) {
            case CHAT -> "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + TEXT + "\"}]}";
            case EMBEDDINGS -> "{\"model\":\"m\",\"input\":\"" + TEXT + "\"}";
        };
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static StartFailure failed(Operation operation, String what) {
        return new StartFailure(
                "self-test of " + operation.path() + ": " + what
                        + " (expected: nothing to start that lets personal data through; report this)",
                null);
    }
}
