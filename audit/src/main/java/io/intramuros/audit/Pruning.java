// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes away the oldest segments, whole, once each record in them is older than its tenant's time and no hold wants it. The
 * tiles of hashes and the checkpoint stay, so that what is kept proves as before.
 */
final class Pruning {
    private final AuditSettings settings;
    private final Disk disk;
    private final Retention retention;
    private final Holds holds;

    Pruning(AuditSettings settings, Disk disk, Retention retention, Holds holds) {
        this.settings = settings;
        this.disk = disk;
        this.retention = retention;
        this.holds = holds;
    }

    /**
     * What can go.
     *
     * @param first the first record that is then kept
     * @param segments how many go
     * @param chains the tenants' chains up to there
     */
    record Plan(long first, int segments, Chains chains) {}

    /** Looks what can go now, of what is signed. */
    Plan plan(Instant now) throws IOException {
        List<Path> segments = Kept.list(settings.folder());
        long signed = Kept.signedSize(settings.folder());
        Chains chains = Pruned.chains(settings, Kept.first(segments));
        Plan plan = new Plan(Kept.first(segments), 0, chains);
        Frontier tree = Kept.frontier(settings.folder(), segments);
        for (int i = 0; i + 1 < segments.size(); i++) {
            long limit = Segments.first(segments.get(i + 1));
            Chains after = new Chains();
            after.putAll(chains);
            if (limit > signed || !isOver(segments.subList(i, i + 2), tree, after, now)) return plan;
            chains = after;
            plan = new Plan(limit, i + 1, chains);
        }
        return plan;
    }

    private boolean isOver(List<Path> two, Frontier tree, Chains chains, Instant now) throws IOException {
        boolean[] kept = new boolean[1];
        long limit = Segments.first(two.getLast());
        SegmentReading.Bounds bounds = new SegmentReading.Bounds(limit, 0);
        Segments.End end = new SegmentReading(two.getFirst(), bounds, tree, (index, leaf, hash) -> {
                    AuditEntry entry = AuditEntry.of(index, leaf);
                    chains.add(entry.text("team"), hash);
                    Instant until = entry.time().plus(retention.of(entry.text("team")));
                    kept[0] |= until.isAfter(now) || holds.pins(entry);
                })
                .read();
        if (!end.fault().isEmpty() || end.size() != limit)
            throw new IOException("audit log: it does not verify (expected: as written; nothing was pruned)");
        return !kept[0];
    }

    /** Takes it away; a crash in between leaves a log that says so and is whole. */
    void apply(Plan plan) throws IOException {
        new TileFiles(Volumes.current(settings.folder()), disk)
                .write(Pruned.FILE, Pruned.note(settings.key(), plan.first(), plan.chains()));
        for (Path segment : Segments.list(settings.folder()))
            if (Segments.first(segment) < plan.first()) disk.delete(segment);
        for (Path volume : Volumes.of(settings.folder())) {
            if (Files.isDirectory(Segments.folder(volume))) disk.forceFolder(Segments.folder(volume));
            bundles(volume, plan.first() / Tiles.WIDTH);
        }
    }

    /** The bundles of entries hold the records too. */
    private void bundles(Path volume, long kept) throws IOException {
        Path entries = volume.resolve("tile/entries");
        if (!Files.isDirectory(entries)) return;
        List<Path> files;
        try (Stream<Path> all = Files.walk(entries)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) if (number(entries.relativize(file)) < kept) disk.delete(file);
    }

    /** The number that a tile's path says, {@code x001/234} or {@code x001/234.p/7}. */
    private static long number(Path path) {
        String[] parts =
                path.toString().replace('\\', '/').replaceFirst("\\.p/.*", "").split("/", -1);
        return Arrays.stream(parts)
                .mapToLong(part -> Long.parseLong(part.replaceFirst("^\\.?x?(\\d{3}).*", "$1")))
                .reduce(0, (high, low) -> high * 1_000 + low);
    }
}
