// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.EvidencePack;
import io.intramuros.audit.Export;
import io.intramuros.audit.RecordQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Copies of the log as files, written while they are read; whoever takes one is in the log. */
@RestController
@RequestMapping(path = Api.AUDIT)
final class AuditExports {
    private static final String BUNDLE = "bundle";
    private static final String ZIP = "application/zip";

    private final AuditLog log;
    private final Records records;
    private final ExecutorService virtual;

    AuditExports(AuditLog log, Records records, ExecutorService virtual) {
        this.log = log;
        this.records = records;
        this.virtual = virtual;
    }

    /** Writes a file. */
    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    /** Rows in one of the forms, or a zip that proves itself. */
    @GetMapping("/export")
    ResponseEntity<Flux<DataBuffer>> export(
            Principal actor, ServerHttpResponse response, @RequestParam Map<String, String> parameters) {
        String format = parameters.getOrDefault("format", "jsonl");
        RecordQuery query = Search.all(parameters);
        if (format.equals(BUNDLE)) {
            records.write("audit.exported", actor, Search.asked(parameters));
            return file(response, "audit.zip", ZIP, out -> log.export(query, List.of(Export.Format.CSV), out));
        }
        Export.Format form = Checked.constant("format", format, Export.Format.class);
        records.write("audit.exported", actor, Search.asked(parameters));
        return file(response, "audit." + format, form.mediaType(), out -> Export.write(log.folder(), query, form, out));
    }

    /** A pack that auditors ask for, as a zip that proves itself. */
    @GetMapping("/evidence")
    ResponseEntity<Flux<DataBuffer>> evidence(
            Principal actor, ServerHttpResponse response, @RequestParam Map<String, String> parameters) {
        String name = parameters.getOrDefault("pack", "integrity");
        EvidencePack pack = Checked.constant("pack", name.replace('-', '_'), EvidencePack.class);
        RecordQuery query = Search.all(parameters);
        records.write("audit.exported", actor, Search.asked(parameters));
        return file(response, "evidence-" + name + ".zip", ZIP, out -> log.evidence(pack, query, out));
    }

    private ResponseEntity<Flux<DataBuffer>> file(
            ServerHttpResponse response, String name, String type, Content content) {
        Flux<DataBuffer> bytes = Flux.from(
                DataBufferUtils.outputStreamPublisher(out -> write(content, out), response.bufferFactory(), virtual));
        return ResponseEntity.ok()
                .header("content-type", type)
                .header("content-disposition", "attachment; filename=\"" + name + "\"")
                .body(bytes);
    }

    private static void write(Content content, OutputStream out) {
        try {
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
