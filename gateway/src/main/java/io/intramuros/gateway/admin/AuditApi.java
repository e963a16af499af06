// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.AuditEntry;
import io.intramuros.audit.AuditLog;
import io.intramuros.audit.RecordPage;
import io.intramuros.audit.RecordQuery;
import io.intramuros.audit.VerifierKey;
import io.intramuros.audit.Verify;
import io.intramuros.gateway.dialect.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The log: to be searched, proved and verified. Whoever reads it is in it. */
@RestController
@RequestMapping(path = Api.AUDIT)
final class AuditApi {
    private final AuditLog log;
    private final Records records;

    AuditApi(AuditLog log, Records records) {
        this.log = log;
        this.records = records;
    }

    @GetMapping(path = "/records", produces = Api.JSON)
    byte[] records(Principal actor, @RequestParam Map<String, String> parameters) throws IOException {
        RecordQuery query = Search.query(parameters);
        records.write("audit.read", actor, Search.asked(parameters));
        RecordPage page = log.search(query);
        ObjectNode answer = StrictJson.object();
        ArrayNode list = answer.putArray("records");
        for (AuditEntry entry : page.records()) list.add(tree(entry));
        page.next().ifPresent(next -> answer.put("next", Long.toString(next)));
        return StrictJson.write(answer);
    }

    /** The proof that one record is in the log, for whoever has the record and the public key (c2sp.org/tlog-proof). */
    @GetMapping(path = "/proof", produces = "text/plain;charset=UTF-8")
    String proof(Principal actor, @RequestParam String index) throws IOException {
        if (!index.matches("[0-9]{1,18}")) throw AdminError.invalid("index: no number (expected: a whole number)");
        records.write("audit.proved", actor, "index", index);
        try {
            return log.prove(Long.parseLong(index)).written();
        } catch (IllegalArgumentException e) {
            throw AdminError.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** The signed tree head, to be kept elsewhere: a log that is put back to an older state cannot grow to it. */
    @GetMapping(path = "/checkpoint", produces = "text/plain;charset=UTF-8")
    String checkpoint() throws IOException {
        return Files.readString(log.folder().resolve("checkpoint"), StandardCharsets.UTF_8);
    }

    /**
     * Verifies the log as it stands. Records that are newer than the last checkpoint are no fault of a log that is being
     * written.
     */
    @PostMapping(path = "/verify", produces = Api.JSON)
    byte[] verify(Principal actor) throws IOException {
        VerifierKey key = VerifierKey.parse(Files.readString(log.folder().resolve("vkey"), StandardCharsets.UTF_8));
        Verify.Report report = Verify.log(log.folder(), key, null);
        records.write(
                "audit.verified", actor, "verdict", report.verdict().name().toLowerCase(Locale.ROOT));
        boolean sound = report.verdict() == Verify.Verdict.OK || report.verdict() == Verify.Verdict.UNSIGNED_TAIL;
        ObjectNode answer = StrictJson.object()
                .put("ok", sound)
                .put("verdict", report.verdict().name().toLowerCase(Locale.ROOT))
                .put("records", report.size())
                .put("says", report.says())
                .put("vkey", key.toString());
        if (report.firstBad() >= 0) answer.put("firstBad", report.firstBad());
        return StrictJson.write(answer);
    }

    private static ObjectNode tree(AuditEntry entry) {
        return switch (StrictJson.read(entry.json().getBytes(StandardCharsets.UTF_8))) {
            case StrictJson.Parsed.Tree(ObjectNode root) -> root;
            case StrictJson.Parsed.Wrong(String why) ->
                throw new IllegalStateException("audit log: record " + entry.index() + " is no JSON: " + why);
        };
    }
}
