// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.audit.Hold;
import io.intramuros.audit.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What must stay in the log, and what may go. */
@RestController
@RequestMapping(path = Api.AUDIT, produces = Api.JSON)
final class AuditHolds {
    private final AuditLog log;
    private final Retention configured;

    AuditHolds(AuditLog log, Retention configured) {
        this.log = log;
        this.configured = configured;
    }

    @GetMapping("/holds")
    byte[] holds() {
        return Api.list("holds", log.holds(), AuditHolds::fill);
    }

    /** Asks for a hold, which pins at once; a second administrator sets it. */
    @PostMapping(path = "/holds", consumes = Api.JSON)
    @ResponseStatus(HttpStatus.CREATED)
    byte[] propose(Principal actor, @RequestBody(required = false) byte @Nullable [] body) {
        Fields fields = Fields.of(body);
        String id = fields.text("id");
        String team = fields.maybeText("team").orElse("");
        Instant from = Checked.moment("from", fields.text("from"));
        Instant to = Checked.moment("to", fields.text("to"));
        fields.done();
        Hold hold = Checked.value(() -> new Hold(id, team, from, to, Hold.State.PROPOSED, actor.getName()));
        recorded(() -> log.proposeHold(hold));
        return Api.one(hold, AuditHolds::fill);
    }

    /** The second administrator sets it. */
    @PostMapping("/holds/{id}/set")
    byte[] set(Principal actor, @PathVariable String id) {
        recorded(() -> log.stepHold(id, actor.getName(), true));
        return one(id);
    }

    /** One asks that it be lifted, and a second one lifts it. */
    @PostMapping("/holds/{id}/lift")
    byte[] lift(Principal actor, @PathVariable String id) {
        recorded(() -> log.stepHold(id, actor.getName(), false));
        return one(id);
    }

    /** Takes away the oldest records whose time is over, by whole segments. */
    @PostMapping(path = "/prune", consumes = Api.JSON)
    byte[] prune(Principal actor, @RequestBody(required = false) byte @Nullable [] body) throws IOException {
        Fields fields = Fields.of(body);
        Duration standard = fields.maybeText("standard")
                .map(written -> Checked.duration("standard", written))
                .orElse(configured.standard());
        Set<String> highRisk = new HashSet<>(fields.maybeTexts("highRisk").orElse(List.of()));
        highRisk.addAll(configured.highRisk()); // which nobody can leave out
        fields.done();
        Retention retention = Checked.value(() -> new Retention(standard, Map.of(), highRisk));
        int[] segments = new int[1];
        recorded(() -> segments[0] = pruned(retention, actor));
        return Api.one(segments[0], (count, to) -> to.put("segments", count));
    }

    private int pruned(Retention retention, Principal actor) throws AuditUnavailableException {
        try {
            return log.prune(retention, actor.getName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] one(String id) {
        return log.holds().stream()
                .filter(hold -> hold.id().equals(id))
                .findFirst()
                .map(hold -> Api.one(hold, AuditHolds::fill))
                .orElseThrow(AdminError::nothingHere);
    }

    /** Something that is recorded before it counts. */
    private interface Step {
        void take() throws AuditUnavailableException;
    }

    private static void recorded(Step step) {
        try {
            step.take();
        } catch (IllegalArgumentException e) {
            throw AdminError.invalid(String.valueOf(e.getMessage()));
        } catch (AuditUnavailableException e) {
            throw new NotRecorded(e);
        }
    }

    private static void fill(Hold hold, ObjectNode to) {
        to.put("id", hold.id())
                .put("team", hold.team())
                .put("from", hold.from().toString())
                .put("to", hold.to().toString())
                .put("state", Checked.lower(hold.state()))
                .put("by", hold.by());
    }
}
