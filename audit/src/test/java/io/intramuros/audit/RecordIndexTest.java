// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordIndexTest {
    private static final int RECORDS = 5_000;
    private static final List<String> TEAMS = List.of("red", "green", "blue", "rare");

    @TempDir
    static Path template;

    @TempDir
    Path disk;

    private Path folder;

    private static AuditRecord record(int i) {
        Random chance = new Random(i);
        String team = i == 2_500 ? "rare" : TEAMS.get(chance.nextInt(3));
        AuditRecord.Builder record = AuditRecord.of(chance.nextBoolean() ? "request.admitted" : "request.completed")
                .id("r" + i)
                .team(team)
                .key("key" + chance.nextInt(40))
                .outcome(chance.nextInt(9) == 0 ? "failed" : "ok");
        if (i % 1_700 == 3) record.pii(Map.of("IBAN", Map.of("mask", 1)));
        return record.build();
    }

    @BeforeAll
    static void write() throws Exception {
        AuditSettings settings = Logs.rarelySigned(template.resolve("log"), 400_000);
        Files.createDirectories(settings.folder());
        for (int hour = 0; hour < 5; hour++) {
            Instant time = Logs.NOW.plusSeconds(3_600L * hour);
            Logs.fill(settings.by(() -> time), RECORDS / 5, RecordIndexTest::record);
        }
    }

    @BeforeEach
    void copy() throws Exception {
        folder = disk.resolve("log");
        Logs.copy(template.resolve("log"), folder);
    }

    /** What a reading of all of them finds. */
    private List<Long> plainly(RecordQuery query) throws Exception {
        List<Long> found = new ArrayList<>();
        LogReading.of(folder).each(entry -> {
            if (query.matches(entry)) found.add(entry.index());
        });
        return found;
    }

    private List<Long> byPages(RecordQuery query) throws Exception {
        List<Long> found = new ArrayList<>();
        RecordQuery next = query;
        while (true) {
            RecordPage page = LogReading.of(folder).search(next);
            assertThat(page.records()).hasSizeLessThanOrEqualTo(query.limit());
            page.records().forEach(entry -> found.add(entry.index()));
            if (page.next().isEmpty()) return found;
            next = query.page(query.limit(), page.next().getAsLong());
        }
    }

    private static RecordQuery query(String team, String key, String outcome, String finding) {
        return new RecordQuery(Instant.MIN, Instant.MAX, team, key, "", outcome, finding, 77, 0);
    }

    private static List<RecordQuery> queries() {
        return List.of(
                query("", "", "", ""),
                query("rare", "", "", ""),
                query("red", "key7", "failed", ""),
                query("", "", "", "IBAN"),
                query("nobody", "", "", ""),
                new RecordQuery(Logs.NOW.plusSeconds(3_600), Logs.NOW.plusSeconds(7_200), "blue", "", "", "", 500, 0),
                new RecordQuery(Logs.NOW.plusSeconds(99_999), Instant.MAX, "", "", "", "", 500, 0),
                new RecordQuery(Instant.MIN, Instant.MAX, "", "", "request.admitted", "", 10_000, 4_321));
    }

    @Test
    void search_anyQuery_findsWhatAReadingOfAllFinds() throws Exception {
        for (RecordQuery query : queries())
            assertThat(byPages(query)).as("%s", query).isEqualTo(plainly(query));
        assertThat(Files.size(folder.resolve("index"))).isGreaterThan(4L * Block.BYTES);
        for (RecordQuery query : queries())
            assertThat(byPages(query)).as("again %s", query).isEqualTo(plainly(query));
    }

    @Test
    void search_indexDamagedAnywhereOrThrownAway_findsTheSame() throws Exception {
        RecordQuery query = query("rare", "", "", "");
        List<Long> expected = plainly(query);
        byPages(query);
        Path index = folder.resolve("index");
        byte[] written = Files.readAllBytes(index);
        for (int at = 0; at < written.length; at += 389) {
            byte[] wrong = written.clone();
            wrong[at] ^= 0x40;
            Files.write(index, wrong);
            assertThat(byPages(query)).as("byte %d", at).isEqualTo(expected);
        }
        Files.delete(index);
        assertThat(byPages(query)).isEqualTo(expected);
        assertThat(Files.readAllBytes(index)).isEqualTo(written);
    }

    @Test
    void search_blocksThatCannotHaveIt_areNotRead() throws Exception {
        byPages(query("", "", "", ""));
        Path segment = Segments.list(folder).getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        Arrays.fill(bytes, 1_000, 2_000, (byte) 0);
        Files.write(segment, bytes);

        assertThat(byPages(query("rare", "", "", ""))).containsExactly(2_500L);
    }

    @Test
    void search_whileTheLogGrows_findsWhatIsNewAtOnce() throws Exception {
        AuditSettings settings = Logs.rarelySigned(folder, 400_000).by(() -> Logs.NOW.plusSeconds(90_000));
        byPages(query("", "", "", ""));
        try (AuditLog log = AuditLog.open(settings)) {
            log.append(AuditRecord.of("request.admitted").team("newest").build());
            assertThat(log.search(query("newest", "", "", "")).records()).hasSize(1);
        }
        Logs.fill(settings, 2_000, RecordIndexTest::record);

        for (RecordQuery query : queries())
            assertThat(byPages(query)).as("%s", query).isEqualTo(plainly(query));
    }
}
