// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.policies.Policy;
import io.intramuros.policies.PolicySet;
import io.intramuros.redaction.conversation.Applied;
import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The policies that count now, and a trial of what they do to a text. */
@RestController
@RequestMapping(path = Api.ROOT, produces = Api.JSON)
final class PoliciesApi {
    private static final int MOST_CHARS = 200_000;

    private static final int LEAST_REASON = 5;

    private final Redaction redaction;
    private final Records records;

    PoliciesApi(Redaction redaction, Records records) {
        this.redaction = redaction;
        this.records = records;
    }

    @GetMapping("/policies")
    byte[] list() {
        PolicySet set = redaction.policies();
        ObjectNode answer = StrictJson.object().put("version", set.version());
        Api.list(answer, "policies", set.policies(), PoliciesApi::fill);
        return StrictJson.write(answer);
    }

    @PostMapping(path = "/redact", consumes = Api.JSON)
    byte[] redact(@RequestBody(required = false) byte @Nullable [] body) {
        Fields fields = Fields.of(body);
        String text = fields.maybeText("text", MOST_CHARS)
                .orElseThrow(() -> fields.fault("text", "missing", "the text to redact"));
        String policy = fields.maybeText("policy").orElse("");
        String team = fields.maybeText("team").orElse("default");
        fields.done();
        Redaction.Shown shown =
                policy.isEmpty() ? redaction.byAll(text, team) : redaction.byOne(text, find(policy), team);
        ObjectNode answer =
                StrictJson.object().put("text", shown.text()).put("verdict", shown.isBlocked() ? "block" : "allow");
        Api.list(answer, "findings", shown.findings(), PoliciesApi::fill);
        return StrictJson.write(answer);
    }

    /** Opens what action {@code encrypt} wrote. It is recorded who did and why before anybody sees it. */
    @PostMapping(path = "/reveal", consumes = Api.JSON)
    byte[] reveal(Principal actor, @RequestBody(required = false) byte @Nullable [] body) {
        Fields fields = Fields.of(body);
        String text = fields.maybeText("text", MOST_CHARS)
                .orElseThrow(() -> fields.fault("text", "missing", "the text with encrypted values"));
        String team = fields.text("team");
        String reason = fields.text("reason");
        fields.done();
        if (reason.strip().length() < LEAST_REASON)
            throw fields.fault("reason", "too short", "at least " + LEAST_REASON + " characters, as a ticket's number");
        Map<String, Integer> types = new TreeMap<>();
        String clear = redaction.reveal(text, team, type -> types.merge(type, 1, Integer::sum));
        int count = types.values().stream().mapToInt(Integer::intValue).sum();
        records.write(
                "redaction.revealed",
                actor,
                "team",
                team,
                "reason",
                reason,
                "count",
                Integer.toString(count),
                "types",
                String.join(" ", types.keySet()));
        return StrictJson.write(StrictJson.object().put("text", clear).put("revealed", count));
    }

    private Policy find(String name) {
        return redaction.policies().policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> AdminError.missing(
                        "policy: none of this name counts now (expected: one that GET /admin/v1/policies lists)"));
    }

    private static void fill(Policy policy, ObjectNode to) {
        to.put("name", policy.name())
                .put("mode", Checked.lower(policy.mode()))
                .put("at", policy.at().toString());
        if (policy.when() != null) to.put("when", policy.when().toString());
        ObjectNode request = to.putObject("request")
                .put("default", Checked.lower(policy.request().otherwise()));
        policy.request().actions().forEach((type, action) -> request.put(type.name(), Checked.lower(action)));
        ObjectNode response = to.putObject("response")
                .put("restore", policy.response().restore())
                .put("default", Checked.lower(policy.response().otherwise()));
        policy.response().actions().forEach((type, action) -> response.put(type.name(), Checked.lower(action)));
        to.put("tests", policy.tests().size());
    }

    private static void fill(Applied found, ObjectNode to) {
        to.put("type", found.type().name());
        if (found.kind() != null) to.put("kind", found.kind());
        to.put("start", found.start()).put("end", found.end()).put("score", found.score());
        to.put("detector", found.detector()).put("action", Checked.lower(found.action()));
        if (found.replacement() != null) to.put("replacement", found.replacement());
    }
}
