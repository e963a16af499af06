// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A process that appends until it is killed, and prints each index once it is acknowledged. */
final class ChildWriter implements AutoCloseable {
    private static final int REQUESTS = 100_000;

    private final Process process;
    private final BufferedReader lines;

    private ChildWriter(Process process) {
        this.process = process;
        this.lines = process.inputReader();
    }

    /** Starts one with a number of threads. */
    static ChildWriter start(Path folder, int threads) throws IOException {
        return new ChildWriter(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildWriter.class.getName(),
                        folder.toString(),
                        String.valueOf(threads))
                .redirectErrorStream(true)
                .start());
    }

    /** The next line; null after the last. */
    String line() throws IOException {
        return lines.readLine();
    }

    /** The first line of one that is to end by itself. */
    String firstLine() throws IOException {
        try (this) {
            return String.valueOf(line());
        }
    }

    /** Kills it as {@code kill -9} does, and waits for its end. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // which leaves what it wrote to be read
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        lines.close();
    }

    /** Appends to the log in the first argument, with as many threads as the second says. */
    public static void main(String... arguments) throws Exception {
        AuditSettings settings = AuditSettings.of(Path.of(arguments[0]), Logs.KEY)
                .timed(Duration.ofSeconds(20), Duration.ofMillis(20))
                .sized(20_000, 0, 100_000);
        int threads = Integer.parseInt(arguments[1]);
        try (AuditLog log = AuditLog.open(settings);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> work = IntStream.range(0, threads)
                    .mapToObj(thread -> (Callable<Void>) () -> requests(log, "t" + thread + "-"))
                    .toList();
            for (Future<Void> one : callers.invokeAll(work)) one.get();
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    private static Void requests(AuditLog log, String name) throws AuditUnavailableException {
        for (int i = 0; i < REQUESTS; i++) {
            String id = name + i;
            say(log.append(Logs.admitted(id)), "begun", id);
            say(log.append(Logs.completed(id)), "ended", id);
        }
        return null;
    }

    /** One write each, so that a kill cuts no line that counts. */
    private static void say(Receipt receipt, String what, String id) {
        System.out.print(receipt.index() + " " + what + " " + id + "\n");
        System.out.flush();
    }
}
