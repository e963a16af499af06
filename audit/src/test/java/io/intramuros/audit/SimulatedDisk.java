// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk that forgets. A folder of the real disk shows what a process sees; this keeps beside it what would be left after
 * a power cut: content as it was last forced, names as their folder was last forced, and of all else what chance leaves,
 * by blocks of 512 bytes. It fails when it is told to. After a force that failed, what was not durable then never is
 * (as Linux marks such pages clean), though a later force succeeds.
 */
final class SimulatedDisk implements Disk {
    private static final int BLOCK = 512;

    private final Path root;
    private final Random chance;
    private final Map<Path, Content> seen = new TreeMap<>();
    private final Map<Path, Map<Path, Node>> durable = new HashMap<>();
    private long operations;
    private long crashAt = Long.MAX_VALUE;
    private double failures;
    private boolean full;

    /** What a name leads to. */
    private sealed interface Node {}

    /** A folder. */
    private record Folder() implements Node {}

    /** A file's bytes: as seen, and as they are on the medium. */
    private static final class Content implements Node {
        private byte[] seen = new byte[0];
        private byte[] durable = new byte[0];
        /** What a force that failed has given up: never durable unless written again. */
        private byte @Nullable [] lost;
    }

    /** The process is at its end. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    SimulatedDisk(Path root, Random chance) {
        this.root = root;
        this.chance = chance;
    }

    /** Ends the process in the operation that comes after so many others. */
    void crashAfter(long count) {
        crashAt = operations + count;
    }

    /** Lets this share of the writes and forces fail. */
    void fail(double share) {
        failures = share;
    }

    /** Leaves no room, or room again. */
    void full(boolean isFull) {
        full = isFull;
    }

    private void operation() {
        if (operations++ >= crashAt) throw new Crash();
    }

    private void mayFail() throws IOException {
        if (chance.nextDouble() < failures) throw new IOException("Input/output error");
    }

    @Override
    public Output append(Path file) throws IOException {
        operation();
        Content content = seen.computeIfAbsent(file, _ -> new Content());
        Files.write(file, content.seen);
        return new SimulatedOutput(file, content);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        operation();
        Files.createDirectory(folder);
    }

    @Override
    public void replace(Path file, Path with) throws IOException {
        operation();
        Files.move(with, file, StandardCopyOption.REPLACE_EXISTING);
        Content moved = seen.remove(with);
        if (moved == null) throw new IllegalStateException("replace: no such file (expected: one that was written)");
        seen.put(file, moved);
    }

    @Override
    public void delete(Path file) throws IOException {
        operation();
        Files.deleteIfExists(file);
        seen.remove(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        operation();
        mayFail();
        durable.put(folder, names(folder));
    }

    @Override
    public long free(Path folder) {
        return full ? 0 : Long.MAX_VALUE;
    }

    private Map<Path, Node> names(Path folder) throws IOException {
        Map<Path, Node> names = new TreeMap<>();
        try (var all = Files.list(folder)) {
            for (Path name : all.toList()) {
                Content file = seen.get(name);
                if (Files.isDirectory(name, LinkOption.NOFOLLOW_LINKS)) names.put(name, new Folder());
                else if (file != null) names.put(name, file);
            }
        }
        return names;
    }

    /** The process was killed, and the disk goes on. */
    void goOn() {
        crashAt = Long.MAX_VALUE;
    }

    /** Leaves of the folder what the power cut left. What was not made by this disk is gone. */
    void reboot() throws IOException {
        crashAt = Long.MAX_VALUE;
        Map<Path, Content> left = new TreeMap<>();
        Map<Path, Map<Path, Node>> names = new HashMap<>();
        survive(root, left, names);
        Logs.delete(root);
        Files.createDirectories(root);
        names.keySet().stream().sorted().forEach(folder -> folder.toFile().mkdirs());
        seen.clear();
        seen.putAll(left);
        durable.clear();
        durable.putAll(names);
        for (var file : seen.entrySet()) Files.write(file.getKey(), file.getValue().seen);
    }

    private void survive(Path folder, Map<Path, Content> left, Map<Path, Map<Path, Node>> names) throws IOException {
        Map<Path, Node> before = durable.getOrDefault(folder, Map.of());
        Map<Path, Node> now = Files.isDirectory(folder) ? names(folder) : Map.of();
        Map<Path, Node> chosen = new TreeMap<>();
        Map<Path, Node> all = new TreeMap<>(before);
        all.putAll(now);
        for (Path name : all.keySet()) {
            Node node = chance.nextBoolean() ? before.get(name) : now.get(name);
            if (Objects.equals(before.get(name), now.get(name))) node = now.get(name);
            if (node != null) chosen.put(name, node);
        }
        names.put(folder, chosen);
        for (var entry : chosen.entrySet()) {
            switch (entry.getValue()) {
                case Folder() -> survive(entry.getKey(), left, names);
                case Content content -> {
                    Content after = new Content();
                    after.durable = torn(content);
                    after.seen = after.durable;
                    entry.setValue(after);
                    left.put(entry.getKey(), after);
                }
            }
        }
    }

    /** A mix of the bytes that are durable and those that were to be. */
    private byte[] torn(Content content) {
        byte[] to = content.lost != null && chance.nextBoolean() ? content.lost : content.seen;
        if (Arrays.equals(to, content.durable)) return to;
        int length = switch (chance.nextInt(3)) {
            case 0 -> content.durable.length;
            case 1 -> to.length;
            default -> {
                int least = Math.min(to.length, content.durable.length);
                yield least + chance.nextInt(Math.max(to.length, content.durable.length) - least + 1);
            }
        };
        byte[] mixed = new byte[length];
        for (int at = 0; at < length; at += BLOCK) {
            byte[] from = chance.nextBoolean() ? content.durable : to;
            for (int i = at; i < Math.min(length, at + BLOCK); i++) if (i < from.length) mixed[i] = from[i];
        }
        return mixed;
    }

    /** An open file. */
    private final class SimulatedOutput implements Output {
        private final Path file;
        private final Content content;

        SimulatedOutput(Path file, Content content) {
            this.file = file;
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            operation();
            boolean fails = full || chance.nextDouble() < failures;
            int count = fails ? chance.nextInt(bytes.remaining() + 1) : bytes.remaining();
            byte[] more = Arrays.copyOf(content.seen, content.seen.length + count);
            bytes.get(more, content.seen.length, count);
            show(more);
            if (fails) throw new IOException(full ? "No space left on device" : "Input/output error");
        }

        @Override
        public void force() throws IOException {
            operation();
            if (chance.nextDouble() < failures) {
                content.lost = content.seen;
                throw new IOException("Input/output error");
            }
            byte[] given = content.lost;
            if (given == null) content.durable = content.seen;
            else content.durable = forcedAfterFailure(given);
        }

        /** Only what was written since the failure gets to the medium. */
        private byte[] forcedAfterFailure(byte[] given) {
            byte[] result = content.seen.clone();
            for (int i = 0; i < given.length; i++) result[i] = i < content.durable.length ? content.durable[i] : 0;
            return result;
        }

        @Override
        public long size() {
            return content.seen.length;
        }

        private void show(byte[] bytes) throws IOException {
            content.seen = bytes;
            Files.write(file, bytes);
        }

        @Override
        public void close() {
            // what was not forced is not durable by this
        }
    }
}
