// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.Cosigning;
import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.steps.Journal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the log's checkpoints to its witnesses, one after the other. One thread. */
final class AskedWitnesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AskedWitnesses.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 2;

    private final Journal journal;
    private final List<Asked> witnesses;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private AskedWitnesses(Journal journal, List<Asked> witnesses) {
        this.journal = journal;
        this.witnesses = witnesses;
    }

    /** One of them, and what was last to be said of it: each trouble is told once. */
    private record Asked(String name, URI url, Cosigning cosigning, AtomicReference<String> trouble) {}

    /** Reads what settings say, {@code VKEYFILE=URL} each. */
    static AskedWitnesses of(AuditLog log, Journal journal, List<String> written) {
        return new AskedWitnesses(
                journal, written.stream().map(each -> asked(log, each)).toList());
    }

    private static Asked asked(AuditLog log, String written) {
        int at = written.indexOf("=http");
        if (at < 1)
            throw new InvalidSettings("audit.witnesses: not understood (expected: VKEYFILE=URL with commas between)");
        var key = LogKeys.read(Setting.AUDIT_WITNESSES, written.substring(0, at));
        URI url = URI.create(written.substring(at + 1).replaceAll("/+$", "") + "/add-checkpoint");
        return new Asked(key.name(), url, new Cosigning(log, key), new AtomicReference<>(""));
    }

    /** Asks each that has not signed the last checkpoint. */
    void ask() {
        for (Asked witness : witnesses) {
            try {
                ask(witness);
            } catch (IOException e) {
                trouble(witness, "cannot be asked, " + e.getClass().getSimpleName());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ask(Asked witness) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Optional<byte[]> body = witness.cosigning().next();
            if (body.isEmpty()) return;
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(witness.url())
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.get()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            switch (witness.cosigning().answered(answer.statusCode(), answer.body())) {
                case SIGNED -> {
                    witness.trouble().set("");
                    return;
                }
                case AGAIN -> {
                    // with the size that it has seen
                }
                case ROLLED_BACK -> {
                    trouble(witness, "has seen more of this log than there is: it was put back, or another writes it");
                    return;
                }
                case REFUSED -> {
                    trouble(witness, "did not sign, it answered " + answer.statusCode());
                    return;
                }
            }
        }
    }

    private void trouble(Asked witness, String what) {
        if (what.equals(witness.trouble().getAndSet(what))) return;
        LOG.error("audit log: witness {} {}", witness.name(), what);
        try {
            journal.change("audit.unwitnessed", "system", Map.of("witness", witness.name(), "because", what));
        } catch (IllegalStateException e) {
            witness.trouble().set(""); // it is said again when the log can be written
            LOG.error("audit log: that is not in it yet: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
