// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.AuditEntry;
import io.intramuros.audit.AuditLog;
import io.intramuros.audit.Export;
import io.intramuros.audit.RecordPage;
import io.intramuros.audit.RecordQuery;
import io.intramuros.audit.VerifierKey;
import io.intramuros.audit.Verify;
import io.intramuros.gateway.dialect.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The log: to be searched, exported and verified. */
@RestController
@RequestMapping(path = Api.AUDIT)
final class AuditApi {
    private final AuditLog log;
    private final Records records;
    private final ExecutorService virtual;

    AuditApi(AuditLog log, Records records, ExecutorService virtual) {
        this.log = log;
        this.records = records;
        this.virtual = virtual;
    }

    @GetMapping(path = "/records", produces = Api.JSON)
    byte[] records(@RequestParam Map<String, String> parameters) throws IOException {
        RecordPage page = log.search(Search.query(parameters));
        ObjectNode answer = StrictJson.object();
        ArrayNode list = answer.putArray("records");
        for (AuditEntry entry : page.records()) list.add(tree(entry));
        page.next().ifPresent(next -> answer.put("next", Long.toString(next)));
        return StrictJson.write(answer);
    }

    /** As a file that is written while it is read; whoever takes a copy of the log is in the log. */
    @GetMapping("/export")
    ResponseEntity<Flux<DataBuffer>> export(
            Principal actor,
            ServerHttpResponse response,
            @RequestParam(defaultValue = "jsonl") String format,
            @RequestParam(defaultValue = "") String team,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        Export.Format form = Checked.constant("format", format, Export.Format.class);
        RecordQuery query = new RecordQuery(Search.first(from), Search.last(to), team, "", "", "", 1, 0);
        records.write("audit.exported", actor, "format", format, "team", team, "from", from, "to", to);
        Flux<DataBuffer> file = Flux.from(DataBufferUtils.outputStreamPublisher(
                out -> write(query, form, out), response.bufferFactory(), virtual));
        return ResponseEntity.ok()
                .header("content-type", form == Export.Format.CSV ? "text/csv; charset=utf-8" : "application/jsonl")
                .header("content-disposition", "attachment; filename=\"audit." + format + "\"")
                .body(file);
    }

    private void write(RecordQuery query, Export.Format form, OutputStream out) {
        try {
            Export.write(log.folder(), query, form, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Verifies the log as it stands. Records that are newer than the last checkpoint are no fault of a log that is being
     * written.
     */
    @PostMapping(path = "/verify", produces = Api.JSON)
    byte[] verify() throws IOException {
        VerifierKey key = VerifierKey.parse(Files.readString(log.folder().resolve("vkey"), StandardCharsets.UTF_8));
        Verify.Report report = Verify.log(log.folder(), key, null);
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
