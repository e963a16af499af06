// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A log that loses nothing it acknowledged and that a stranger can verify. Any number of threads append; one thread
 * writes, and joins what waits into one force (group commit), so that many callers cost little more than one. Another
 * signs.
 */
public final class AuditLog implements AutoCloseable {
    private final AuditSettings settings;
    private final Appender appender;
    private final FolderLock lock;
    private final Disk disk;
    private final Recovery recovery;
    private final Holds holds;

    private AuditLog(AuditSettings settings, Disk disk, Appender appender, FolderLock lock, Start start) {
        this.settings = settings;
        this.disk = disk;
        this.appender = appender;
        this.lock = lock;
        this.recovery = start.recovery();
        this.holds = start.holds();
    }

    /**
     * Opens a log, or begins one. What the last process left half done is cut, and each request that it was serving gets
     * a {@code request.orphaned} record.
     *
     * @throws IOException if another process has it, it was tampered with, or it cannot be written
     */
    public static AuditLog open(AuditSettings settings) throws IOException {
        return open(settings, Disk.REAL);
    }

    static AuditLog open(AuditSettings settings, Disk disk) throws IOException {
        Path folder = settings.folder().toAbsolutePath();
        Path above = folder.getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (above != null) disk.forceFolder(above);
        }
        FolderLock lock = FolderLock.of(folder);
        try {
            Start start = Start.of(settings, disk);
            Appender appender = new Appender(settings, start.writer(), new Reserve(settings, disk));
            appender.start();
            return new AuditLog(settings, disk, appender, lock, start);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Records, and returns when the record is durable.
     *
     * @throws AuditUnavailableException if it is not, or not within the settings' wait
     */
    public Receipt append(AuditRecord record) throws AuditUnavailableException {
        return appender.append(record);
    }

    /** What this start found. */
    public Recovery recovery() {
        return recovery;
    }

    /** What the log holds now. */
    public Checkpoint checkpoint() {
        return appender.head();
    }

    /** Hands over every record from a moment on, in its order. */
    public void replay(Instant since, Consumer<AuditEntry> each) throws IOException {
        reading().each(entry -> {
            if (!entry.time().isBefore(since)) each.accept(entry);
        });
    }

    /** The records that a query asks for. */
    public RecordPage search(RecordQuery query) throws IOException {
        return reading().search(query);
    }

    /**
     * Writes an export that proves itself, signed by this log, of all that it holds now.
     *
     * @param formats beside JSON Lines
     */
    public void export(RecordQuery query, List<Export.Format> formats, OutputStream to) throws IOException {
        appender.publish();
        Bundle.Order order = new Bundle.Order(List.of(folder()), query, formats, settings.key(), List.of(), Map.of());
        Bundle.write(order, settings.clock().instant(), to);
    }

    /** Writes one of the packs that auditors ask for, signed by this log. */
    public void evidence(EvidencePack pack, RecordQuery query, OutputStream to) throws IOException {
        appender.publish();
        pack.write(folder(), query, settings.key(), settings.clock().instant(), to);
    }

    /** The proof that a record is in the log, for whoever has the record and the public key. */
    public TlogProof prove(long index) throws IOException {
        appender.publish();
        return TlogProof.of(folder(), index);
    }

    /**
     * Puts a witness's signatures to the checkpoint that it saw.
     *
     * @param size what that checkpoint says
     * @param lines as the witness answered them
     * @return whether that is still the last checkpoint
     */
    public boolean cosign(long size, String lines) throws IOException {
        if (SignedNote.lines(lines).isEmpty())
            throw new IllegalArgumentException("lines: no signatures (expected: a witness's answer)");
        return appender.cosign(size, lines);
    }

    /** The holds, lifted ones too. */
    public List<Hold> holds() {
        return holds.all();
    }

    /**
     * Asks for a hold, which pins at once; a second person sets it.
     *
     * @throws AuditUnavailableException if it is not recorded
     */
    public void proposeHold(Hold hold) throws AuditUnavailableException {
        if (holds.all().stream().anyMatch(other -> other.id().equals(hold.id())))
            throw new IllegalArgumentException("id: taken (expected: a new one)");
        record(AuditRecord.of("hold.proposed")
                .with("hold", hold.id())
                .team(hold.team())
                .with("from", hold.from().toString())
                .with("to", hold.to().toString())
                .actor(hold.by())
                .build());
    }

    /**
     * Takes the next step towards a hold that is set, or that is lifted.
     *
     * @throws IllegalArgumentException if there is none, or the same person asks twice
     * @throws AuditUnavailableException if it is not recorded
     */
    public void stepHold(String id, String actor, boolean towardsSet) throws AuditUnavailableException {
        record(holds.step(id, actor, towardsSet));
    }

    private void record(AuditRecord record) throws AuditUnavailableException {
        Receipt receipt = append(record);
        holds.see(
                AuditEntry.of(receipt.index(), Draft.of(record).leaf(receipt.index(), "1970-01-01T00:00:00Z", "", "")));
    }

    /**
     * Takes away the oldest records, by whole segments, whose time is over and that no hold pins.
     *
     * @param actor who asked for it
     * @return how many segments went
     * @throws AuditUnavailableException if it is not recorded, and then nothing goes
     */
    public synchronized int prune(Retention retention, String actor) throws IOException, AuditUnavailableException {
        Pruning pruning = new Pruning(settings, disk, retention, holds);
        Pruning.Plan plan = pruning.plan(settings.clock().instant());
        if (plan.segments() == 0) return 0;
        append(AuditRecord.of("retention.pruned")
                .actor(actor)
                .with("first", plan.first())
                .with("segments", plan.segments())
                .build());
        pruning.apply(plan);
        return plan.segments();
    }

    /** Where the log is. */
    public Path folder() {
        return settings.folder();
    }

    private LogReading reading() {
        return LogReading.of(settings.folder());
    }

    /** Records the stop, signs, and lets the folder go. */
    @Override
    public void close() throws IOException {
        try {
            appender.close();
        } finally {
            lock.close();
        }
    }
}
