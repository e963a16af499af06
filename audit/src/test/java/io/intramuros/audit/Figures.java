// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The figures of audit/README.md: {@code java -cp audit/target/classes:audit/target/test-classes
 * io.intramuros.audit.Figures DIR [SECONDS]}. It prints what the disk does beside what the log does, in the same run.
 */
public final class Figures {
    private static final int BLOCK = 4_096;
    private static final int VERIFIED = 100_000;

    private final Path folder;
    private final Duration time;

    private Figures(Path folder, Duration time) {
        this.folder = folder;
        this.time = time;
    }

    /** Measures in a folder, which is emptied. */
    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]).resolve("figures");
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10;
        Figures figures = new Figures(folder, Duration.ofSeconds(seconds));
        figures.empty();
        figures.disk();
        for (int producers : new int[] {1, 8, 64, 256, 256, 256}) figures.closed(producers);
        figures.open(64, 5_000);
        figures.verify();
        figures.empty();
    }

    private void empty() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
        Files.createDirectories(folder);
    }

    private AuditSettings settings() {
        return AuditSettings.of(folder.resolve("log"), Logs.KEY)
                .timed(Duration.ofSeconds(30), Duration.ofSeconds(1))
                .sized(256L << 20, 0, 0)
                .by(InstantSource.system());
    }

    private static AuditRecord record(long i) {
        return AuditRecord.of("request.admitted")
                .id("0198c2a0-7c1e-7b1a-9c3f-" + String.format(Locale.ROOT, "%012x", i))
                .team("team-" + i % 20)
                .project("default")
                .key("key-" + i % 100)
                .model("default", "smollm2-135m-instruct")
                .node("embedded")
                .policy("9f2c1a7e55d0b3c4")
                .build();
    }

    /** What a force of one block costs: fio's fdatasync=1. */
    private void disk() throws IOException {
        long until = System.nanoTime() + time.toNanos() / 2;
        long syncs = 0;
        Path file = folder.resolve("probe");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (; System.nanoTime() < until; syncs++) {
                channel.write(ByteBuffer.allocate(BLOCK));
                channel.force(false);
            }
        }
        Files.delete(file);
        say("disk: " + syncs * 2_000_000_000L / time.toNanos() + " forces of 4 KiB a second");
    }

    private void closed(int producers) throws Exception {
        empty();
        AtomicLong appended = new AtomicLong();
        long[] waits = new long[2_000_000];
        long start = System.nanoTime();
        try (AuditLog log = AuditLog.open(settings());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < producers; i++)
                threads.execute(() -> {
                    while (System.nanoTime() - start < time.toNanos()) append(log, appended, waits, System.nanoTime());
                });
        }
        long count = appended.get();
        say("closed loop, " + producers + " producers: " + count * 1_000_000_000L / time.toNanos()
                + " durable records a second, " + quantiles(waits, count));
    }

    /** Latency from when a record was due, so that waiting to begin counts. */
    private void open(int producers, int perSecond) throws Exception {
        empty();
        AtomicLong appended = new AtomicLong();
        long[] waits = new long[2_000_000];
        long gap = 1_000_000_000L * producers / perSecond;
        long start = System.nanoTime();
        try (AuditLog log = AuditLog.open(settings());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < producers; i++) {
                long first = start + gap * i / producers;
                threads.execute(() -> {
                    for (long due = first; due - start < time.toNanos(); due += gap) {
                        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                            LockSupport.parkNanos(left);
                        append(log, appended, waits, due);
                    }
                });
            }
        }
        say("open loop, " + producers + " producers, " + perSecond + "/s: " + quantiles(waits, appended.get()));
    }

    private static void append(AuditLog log, AtomicLong appended, long[] waits, long from) {
        try {
            log.append(record(appended.get()));
        } catch (AuditUnavailableException e) {
            throw new IllegalStateException(e);
        }
        long at = appended.getAndIncrement();
        waits[(int) (at % waits.length)] = System.nanoTime() - from;
    }

    private static String quantiles(long[] waits, long count) {
        long[] sorted = Arrays.copyOf(waits, (int) Math.min(waits.length, count));
        Arrays.sort(sorted);
        if (sorted.length == 0) return "nothing in that time";
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms",
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    private void verify() throws IOException {
        empty();
        Files.createDirectories(settings().folder());
        Logs.fill(settings(), VERIFIED, Figures::record);
        for (int i = 0; i < 3; i++) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Verify.Report report = Logs.verify(settings().folder());
            long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            say("verify: " + report.verdict() + ", " + VERIFIED * 1_000_000_000L / took
                    + " records a second of CPU time");
        }
    }

    private static void say(String figure) {
        System.out.println(figure);
    }
}
