// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.audit.AuditEntry;
import io.intramuros.audit.VerifierKey;
import io.intramuros.audit.Verify;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways, of which one is the witness of the other's log. */
class WitnessWireTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path root;

    private Path log() {
        return root.resolve("b/data/audit");
    }

    /** The witness: a gateway that knows the other's key. */
    private LiveGateway witness() {
        Path keys = log().resolve("vkey");
        return LiveGateway.start(
                root.resolve("a"),
                List.of("http://127.0.0.1:9"),
                "",
                Map.of(Setting.AUDIT_ORIGIN, "gw-a", Setting.AUDIT_WITNESSED, keys.toString()));
    }

    private LiveGateway witnessedBy(LiveGateway witness) {
        String asked = witness.data().resolve("witness/vkey") + "=http://127.0.0.1:" + witness.adminPort() + "/witness";
        return LiveGateway.start(
                root.resolve("b"),
                List.of("http://127.0.0.1:9"),
                "",
                Map.of(Setting.AUDIT_ORIGIN, "gw-b", Setting.AUDIT_WITNESSES, asked));
    }

    @Test
    void log_putBackToAnOlderState_isFoundByItsWitness() throws Exception {
        Path old = root.resolve("old");
        LiveGateway.start(root.resolve("b"), List.of("http://127.0.0.1:9"), "", Map.of(Setting.AUDIT_ORIGIN, "gw-b"))
                .close();
        copy(log(), old);
        try (LiveGateway witness = witness();
                LiveGateway live = witnessedBy(witness)) {
            assertThat(live.admin("POST", "/admin/v1/teams", "{\"id\":\"seen\"}")
                            .status())
                    .isEqualTo(201);
            until(() -> isWitnessed(live.data(), witness.data().resolve("witness/vkey")));
            assertThat(add(witness, "old 0\n\nnonsense").status()).isEqualTo(400);
        }

        byte[] kept = Files.readAllBytes(seen(root.resolve("a/data")));
        VerifierKey key = VerifierKey.parse(Files.readString(log().resolve("vkey")));
        assertThat(Verify.log(log(), key, kept).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(Verify.log(old, key, null).verdict()).isEqualTo(Verify.Verdict.OK); // alone it cannot show it
        Verify.Report report = Verify.log(old, key, kept);
        assertThat(report.verdict()).isEqualTo(Verify.Verdict.TAMPERED);
        assertThat(report.says()).contains("rolled back");

        copy(old, log());
        try (LiveGateway witness = witness();
                LiveGateway live = witnessedBy(witness)) {
            AuditEntry told =
                    new Recorded(live.data()).await(entry -> entry.type().equals("audit.unwitnessed"), PATIENCE);
            assertThat(told.text("witness")).isEqualTo("gw-a/witness");
            assertThat(told.text("because")).contains("it was put back");
        }
    }

    /** A moment that will come. */
    private interface Moment {
        boolean isThere() throws IOException;
    }

    private static void until(Moment moment) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!moment.isThere()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean isWitnessed(Path data, Path key) throws IOException {
        List<VerifierKey> witness = List.of(VerifierKey.parse(Files.readString(key)));
        Verify.Report report = Verify.witnessed(data.resolve("audit"), witness, 1);
        return report.verdict() == Verify.Verdict.OK
                && new Recorded(data)
                        .all().stream()
                                .filter(entry -> entry.type().equals("team.created"))
                                .anyMatch(entry -> entry.index() < report.size());
    }

    private static LiveGateway.Answer add(LiveGateway witness, String body) {
        return witness.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + witness.adminPort() + "/witness/add-checkpoint"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** What the witness keeps of the one log that it knows, on its own disk. */
    private static Path seen(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("witness"))) {
            return files.filter(file -> file.toString().endsWith(".checkpoint"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Puts a copy of a log in the place of what is there. */
    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to))
            try (Stream<Path> all = Files.walk(to)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.sorted().toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
