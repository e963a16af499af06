// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    private static final Retention MONTHS = new Retention(Retention.USUAL, Map.of(), Set.of());

    @TempDir
    Path disk;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(disk.resolve("log"));
    }

    /** A segment or more for each hundred days. */
    private AuditSettings written() throws IOException {
        for (int age = 900; age > 0; age -= 100) {
            Instant then = Logs.NOW.minus(Duration.ofDays(age));
            Logs.fill(
                    settings(then),
                    90,
                    i -> AuditRecord.of("request.denied")
                            .id("r" + i)
                            .team(i % 90 == 0 ? "slow" : "red")
                            .build());
        }
        return settings(Logs.NOW);
    }

    private AuditSettings settings(Instant now) {
        return Logs.rarelySigned(folder, 9_000).by(() -> now);
    }

    @Test
    void prune_oldSegments_goAndWhatIsKeptStillProves() throws Exception {
        AuditSettings settings = written();
        List<String> before = Logs.read(folder).stream().map(AuditEntry::json).toList();
        long first;
        try (AuditLog log = AuditLog.open(settings)) {
            assertThat(log.prune(MONTHS, "ann")).isEqualTo(6);
            assertThat(log.prune(MONTHS, "ann")).isZero();
            first = Segments.first(Segments.list(folder).getFirst());
            assertThat(first).isEqualTo(540);
            assertThat(log.search(RecordQuery.all(1)).records().getFirst().index())
                    .isEqualTo(first);
            assertThat(log.prove(541)
                            .verify(Logs.KEY.verifier(), before.get(541))
                            .verdict())
                    .isEqualTo(Verify.Verdict.OK);
        }

        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        assertThat(Logs.read(folder).stream().map(AuditEntry::json).toList())
                .startsWith(before.subList(540, 810).toArray(String[]::new));
        assertThat(Files.exists(folder.resolve("tile/entries/001"))).isFalse();
        assertThat(Files.exists(folder.resolve("tile/entries/002"))).isTrue();
        assertThat(Files.exists(folder.resolve("tile/0/000"))).isTrue();
        assertThat(content(folder)).doesNotContain("\"id\":\"r12\"").contains("\"id\":\"r545\"");
    }

    private static String content(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    @Test
    void open_prunedLog_goesOnWithItsChainsAndTiles() throws Exception {
        AuditSettings settings = written();
        try (AuditLog log = AuditLog.open(settings)) {
            log.prune(MONTHS, "ann");
        }
        Logs.fill(
                settings,
                600,
                i -> AuditRecord.of("request.denied").team("red").id("n" + i).build());

        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        List<AuditEntry> red = Logs.read(folder).stream()
                .filter(entry -> entry.text("team").equals("red"))
                .toList();
        for (int i = 1; i < red.size(); i++) {
            assertThat(red.get(i).number("tseq")).isEqualTo(red.get(i - 1).number("tseq") + 1);
            assertThat(red.get(i).text("tprev")).isEqualTo(red.get(i - 1).leafHash());
        }
        assertThat(red.getFirst().number("tseq")).isEqualTo(6 * 89);
        RecordQuery team = new RecordQuery(Instant.MIN, Instant.MAX, "red", "", "", "", 1, 0);
        Path zip = disk.resolve("red.zip");
        try (var out = Files.newOutputStream(zip)) {
            Bundle.write(Bundle.Order.of(folder, team, Logs.KEY), Logs.NOW, out);
        }
        assertThat(BundleCheck.verify(zip, List.of(Logs.KEY.verifier())).verdict())
                .isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void prune_crashAfterTheNote_isFinishedOrGoesOn() throws Exception {
        AuditSettings settings = written();
        Path copy = disk.resolve("copy");
        Logs.copy(folder, copy);
        try (AuditLog log = AuditLog.open(settings)) {
            log.prune(MONTHS, "ann");
        }
        // As if nothing had been deleted yet, or only the first.
        Files.copy(
                copy.resolve("seg").resolve(Segments.list(copy).get(1).getFileName()),
                folder.resolve("seg").resolve(Segments.list(copy).get(1).getFileName()));

        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
        AuditLog.open(settings).close();
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void verify_firstSegmentTakenAwayByHand_isIncomplete() throws Exception {
        written();
        Files.delete(Segments.list(folder).getFirst());

        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.INCOMPLETE);
        assertThatThrownBy(() -> AuditLog.open(settings(Logs.NOW))).hasMessageContaining("records are missing before");
    }

    @Test
    void verify_noteOfAnotherKeyOrRecord_isTampered() throws Exception {
        AuditSettings settings = written();
        try (AuditLog log = AuditLog.open(settings)) {
            log.prune(MONTHS, "ann");
        }
        Path note = folder.resolve("pruned");
        byte[] good = Files.readAllBytes(note);
        Files.write(note, Pruned.note(Logs.key(Logs.KEY.name(), 8), 540, new Chains()));
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.TAMPERED);
        assertThatThrownBy(() -> AuditLog.open(settings)).hasMessageContaining("not as written");
        Files.write(note, good);
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @Test
    void prune_teamWithALongerTime_keepsItsSegments() throws Exception {
        AuditSettings settings = written();
        Retention slow = new Retention(Retention.USUAL, Map.of("slow", Duration.ofDays(650)), Set.of());
        try (AuditLog log = AuditLog.open(settings)) {
            assertThat(log.prune(slow, "ann")).isEqualTo(3);
        }
    }

    @Test
    void prune_hold_pinsUntilTwoHaveLiftedIt() throws Exception {
        AuditSettings settings = written();
        Instant from = Logs.NOW.minus(Duration.ofDays(750));
        Hold asked = new Hold("case-7", "", from, from.plus(Duration.ofDays(100)), Hold.State.PROPOSED, "ann");
        try (AuditLog log = AuditLog.open(settings)) {
            log.proposeHold(asked);
            assertThat(log.prune(MONTHS, "ann")).isEqualTo(2);
            assertThatThrownBy(() -> log.stepHold("case-7", "ann", true)).hasMessageContaining("second person");
            log.stepHold("case-7", "ben", true);
        }
        try (AuditLog log = AuditLog.open(settings)) {
            assertThat(log.holds()).extracting(Hold::state).containsExactly(Hold.State.SET);
            assertThatThrownBy(() -> log.stepHold("case-7", "ann", true)).hasMessageContaining("set already");
            assertThatThrownBy(() -> log.stepHold("none", "ann", true)).hasMessageContaining("unknown");
            assertThatThrownBy(() -> log.proposeHold(asked)).hasMessageContaining("taken");
            log.stepHold("case-7", "ann", false);
            assertThat(log.prune(MONTHS, "ann")).isZero();
            assertThatThrownBy(() -> log.stepHold("case-7", "ann", false)).hasMessageContaining("second person");
            log.stepHold("case-7", "cat", false);
            assertThat(log.holds()).extracting(Hold::state).containsExactly(Hold.State.LIFTED);
            assertThat(log.prune(MONTHS, "ann")).isEqualTo(4);
        }
        assertThat(Logs.verify(folder).verdict()).isEqualTo(Verify.Verdict.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b"})
    void hold_nameThatIsNone_isRefused(String id) {
        assertThatThrownBy(() -> new Hold(id, "", Instant.MIN, Instant.MAX, Hold.State.PROPOSED, "ann"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id: ");
    }

    @Test
    void retention_highRiskBelowSixMonths_isRefused() {
        assertThatThrownBy(() -> new Retention(Duration.ofDays(183), Map.of(), Set.of("clinic")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("teams.clinic: ");
        assertThatThrownBy(() -> new Retention(Duration.ofHours(23), Map.of(), Set.of()))
                .hasMessageStartingWith("standard: ");
        assertThat(new Retention(Duration.ofDays(30), Map.of("clinic", Duration.ofDays(184)), Set.of("clinic"))
                        .of("clinic"))
                .isEqualTo(Duration.ofDays(184));
    }
}
