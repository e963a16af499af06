// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The policies that match one request, put together. Each can only narrow what the others leave: the strictest action,
 * the common models and zones, the smallest cap, and restoring only where all restore.
 */
final class Combination {
    private final String version;
    private final DecisionRequest asked;
    private final Map<CompiledPolicy, Condition.Answer> matching;
    private final List<CompiledPolicy> enforced;

    /** Takes the policies that match {@code asked} or cannot say whether they do, in their order. */
    Combination(String version, DecisionRequest asked, Map<CompiledPolicy, Condition.Answer> matching) {
        this.version = version;
        this.asked = asked;
        this.matching = matching;
        this.enforced =
                matching.keySet().stream().filter(CompiledPolicy::isEnforced).toList();
    }

    Decision decision() {
        ActionPlan request = plan(CompiledPolicy::request);
        Set<String> zones = new LinkedHashSet<>();
        Optional<Verdict.Deny> noZone = narrow(zones);
        Verdict verdict = Stream.concat(refusals(), noZone.stream())
                .findFirst()
                .map(Verdict.class::cast)
                .orElseGet(Verdict.Allow::new);
        return new Decision(
                version,
                enforced.stream().map(CompiledPolicy::name).toList(),
                verdict,
                request,
                plan(CompiledPolicy::response),
                enforced.stream()
                        .allMatch(compiled -> compiled.policy().response().restore()),
                cap(),
                zones,
                observations(request));
    }

    private ActionPlan plan(Function<CompiledPolicy, ActionPlan> direction) {
        return Strictness.strictest(enforced.stream().map(direction).toList());
    }

    private Stream<Verdict.Deny> refusals() {
        return enforced.stream().flatMap(compiled -> compiled.refusal(asked, answer(compiled)).stream());
    }

    private Condition.Answer answer(CompiledPolicy compiled) {
        return matching.getOrDefault(compiled, Condition.Answer.NO);
    }

    private OptionalInt cap() {
        return enforced.stream()
                .map(compiled -> compiled.policy().models().maxOutputTokens())
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .min();
    }

    /** Leaves in {@code zones} what all policies have in common; refuses where that is none, as empty means all. */
    private Optional<Verdict.Deny> narrow(Set<String> zones) {
        boolean limited = false;
        for (CompiledPolicy compiled : enforced) {
            Set<String> own = compiled.policy().nodes().zones();
            if (own.isEmpty()) continue;
            if (limited) zones.retainAll(own);
            else zones.addAll(own);
            limited = true;
            if (zones.isEmpty()) return Optional.of(compiled.blocked(Verdict.ZONES));
        }
        return Optional.empty();
    }

    private List<Decision.Observation> observations(ActionPlan done) {
        return matching.keySet().stream()
                .filter(compiled -> !compiled.isEnforced())
                .map(compiled -> observation(compiled, done))
                .toList();
    }

    private Decision.Observation observation(CompiledPolicy compiled, ActionPlan done) {
        Verdict verdict = compiled.refusal(asked, answer(compiled))
                .map(Verdict.class::cast)
                .orElseGet(Verdict.Allow::new);
        Map<EntityType, Action> stricter = new EnumMap<>(EntityType.class);
        Arrays.stream(EntityType.values())
                .filter(type -> asked.findings().isEmpty() || asked.found(type))
                .filter(type -> Strictness.isStricter(compiled.request().actionFor(type), done.actionFor(type)))
                .forEach(type -> stricter.put(type, compiled.request().actionFor(type)));
        return new Decision.Observation(compiled.name(), verdict, stricter);
    }
}
