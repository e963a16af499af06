// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.LocalEndpoint;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.NodeKind;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.gateway.steps.Redact;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.policies.Decision;
import io.intramuros.policies.Model;
import io.intramuros.policies.Verdict;
import io.intramuros.policies.yaml.Place;
import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sends a canary the way of every endpoint and every kind of node before the gateway says that it is ready: through the reader, the redaction
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

    private static final Place AT = new Place("self-test", 1, 1);
    private static final Model MODEL = new Model(
            "m",
            AT,
            List.of(new Model.Replica(AT, "n", null)),
            1_024,
            Set.of(Model.Capability.CHAT),
            List.of(),
            null,
            64);

    private final Redact redact;

    /** Over a step with the detectors that requests will meet. */
    SelfTest(Redact redact) {
        this.redact = redact;
    }

    /** Fails where a canary comes through, or does not come back. */
    void run() {
        for (Endpoint endpoint : Protocols.dialects().endpoints()) run(endpoint);
    }

    private void run(Endpoint endpoint) {
        Exchange exchange = new Exchange(
                "self-test",
                Instant.EPOCH,
                endpoint,
                new Caller(Caller.Kind.KEY, "self-test", "self-test", "self-test", List.of("*")),
                endpoint.canary(TEXT));
        if (!(endpoint.read(exchange.bytes()) instanceof Reading.Sound(ModelRequest request)))
            throw failed(endpoint, "its canary was not read");
        exchange.found().request.set(request);
        exchange.found().decision.set(DECISION);
        exchange.found().estimate.set(new Usage(1, request.choices()));
        exchange.found().model.set(MODEL);
        if (redact.take(exchange) != Onward.ONWARD) throw failed(endpoint, "its canary was not redacted");
        int kinds = endpoint instanceof LocalEndpoint ? 1 : 0;
        for (NodeKind kind : Protocols.kinds(_ -> "self-test").byType().values()) kinds += forward(exchange, kind);
        if (kinds == 0) throw failed(endpoint, "no kind of node takes its canary");
        String surrogates = request.slots().stream()
                .map(TextSlot::text)
                .filter(text -> text.startsWith("Canary "))
                .findFirst()
                .orElse("");
        String back = exchange.found().filters.get().whole(TextSlot.Form.TEXT, surrogates);
        if (!back.equals(TEXT)) throw failed(endpoint, "its canary did not come back");
    }

    /** Looks at what a kind of node would get; 0 where it has no words for such a request. */
    private static int forward(Exchange exchange, NodeKind kind) {
        try {
            String forward = StrictJson.text(kind.forward(exchange).body());
            if (!forward.contains("Canary ")) throw failed(exchange.endpoint(), "its text was lost");
            if (CANARIES.stream().anyMatch(forward::contains))
                throw failed(exchange.endpoint(), "its canary came through");
            return 1;
        } catch (InexpressibleException _) {
            return 0; // refused on the wire too, so nothing passes
        }
    }

    private static StartFailure failed(Endpoint endpoint, String what) {
        return new StartFailure(
                "self-test of " + endpoint.path() + ": " + what
                        + " (expected: nothing to start that lets personal data through; report this)",
                null);
    }
}
