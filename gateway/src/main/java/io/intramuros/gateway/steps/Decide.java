// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.policies.Decision;
import io.intramuros.policies.DecisionRequest;
import io.intramuros.policies.DecisionRequest.CallerKind;
import io.intramuros.policies.Model;
import io.intramuros.policies.PolicySet;
import io.intramuros.policies.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** Step 4: asks the policies, and caps the answer. */
public final class Decide implements Step {
    /** Bytes of text that are taken for one token before anybody has counted. */
    private static final long BYTES_PER_TOKEN = 3;

    private final Supplier<PolicySet> policies;

    public Decide(Supplier<PolicySet> policies) {
        this.policies = policies;
    }

    @Override
    public Outcome take(Exchange exchange) {
        Decision decision = policies.get().decide(request(exchange));
        exchange.found().decision.set(decision);
        boolean judges = exchange.found().request.get().operation() == Operation.MODERATION;
        if (decision.verdict() instanceof Verdict.Deny deny && !judges) return refusal(deny);
        exchange.found().estimate.set(estimate(exchange, decision));
        return Onward.ONWARD;
    }

    static DecisionRequest request(Exchange exchange) {
        Caller caller = exchange.caller();
        ModelRequest request = exchange.found().request.get();
        return new DecisionRequest(
                switch (caller.kind()) {
                    case KEY -> CallerKind.KEY;
                    case OAUTH -> CallerKind.OAUTH;
                },
                caller.id(),
                caller.team(),
                caller.project(),
                exchange.found().model.get().name(),
                exchange.received(),
                Map.of(),
                request.stream());
    }

    static Refusal refusal(Verdict.Deny deny) {
        String why =
                " by the policy \"" + deny.policy() + "\" (" + deny.because() + "); ask whoever keeps the policies.";
        return switch (deny.code()) {
            case MODEL_NOT_ALLOWED -> new Refusal(ErrorCode.MODEL_NOT_ALLOWED, "The model is not allowed" + why);
            case POLICY_BLOCKED -> new Refusal(ErrorCode.POLICY_BLOCKED, "The request is forbidden" + why);
        };
    }

    private static Usage estimate(Exchange exchange, Decision decision) {
        ModelRequest request = exchange.found().request.get();
        Model model = exchange.found().model.get();
        long bytes = request.slots().stream()
                .mapToLong(slot -> slot.text().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        long prompt = (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
        if (!request.operation().writes()) return new Usage(prompt, 0);
        long cap = request.outputCap().orElse(model.maxOutputTokens());
        if (decision.maxOutputTokens().isPresent())
            cap = Math.min(cap, decision.maxOutputTokens().getAsInt());
        // The estimate errs on the long side: a prompt that only seems to fill the context is left to the node.
        return new Usage(prompt, request.choices() * Math.min(cap, Math.max(1, model.context() - prompt)));
    }
}
