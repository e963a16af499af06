// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Writes tiles and checkpoints: each file whole, durable, then in its place by one rename. */
final class TileFiles {
    private final Supplier<Path> where;
    private final Disk disk;
    private final Set<Path> oldPartials = new HashSet<>();
    /** Of the writing and of the signing thread. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    private final Set<Path> named = new HashSet<>();

    TileFiles(Path log, Disk disk) {
        this(() -> log, disk);
    }

    /** For files that are written wherever {@code where} says at that moment. */
    TileFiles(Supplier<Path> where, Disk disk) {
        this.where = where;
        this.disk = disk;
    }

    /** Writes one tile; its name is durable with the next checkpoint. */
    void tile(String path, byte[] content) throws IOException {
        named.add(folder(put(where.get().resolve(path), content)));
    }

    /** Writes a file, durable with its name. */
    void write(String path, byte[] content) throws IOException {
        disk.forceFolder(folder(put(where.get().resolve(path), content)));
    }

    /** Writes the tiles that are not full, then the checkpoint over them, and takes away what they replace. */
    void checkpoint(Tiles tiles, String note) throws IOException {
        Path log = where.get();
        Set<Path> partials = new HashSet<>();
        tiles.partial((path, content, _) -> {
            tile(path, content);
            partials.add(log.resolve(path));
        });
        named.removeIf(folder -> !folder.startsWith(log)); // those of a volume that was left were written again
        for (Path folder : named) disk.forceFolder(folder);
        named.clear();
        write("checkpoint", note.getBytes(StandardCharsets.UTF_8));
        oldPartials.removeAll(partials);
        for (Path old : oldPartials) if (old.startsWith(log)) remove(old);
        oldPartials.clear();
        oldPartials.addAll(partials);
    }

    /** Takes note of the partial tiles that an earlier process left. */
    void findPartials() throws IOException {
        Path tiles = where.get().resolve("tile");
        if (!Files.isDirectory(tiles)) return;
        try (var files = Files.walk(tiles)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> folder(file).toString().endsWith(".p"))
                    .forEach(oldPartials::add);
        }
    }

    private void remove(Path partial) throws IOException {
        disk.delete(partial);
        Path folder = folder(partial);
        try (var left = Files.list(folder)) {
            if (left.findAny().isPresent()) return;
        }
        disk.delete(folder);
        durable.remove(folder);
    }

    private Path put(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        makeFolder(folder);
        Path beside = folder.resolve("." + file.getFileName() + ".new");
        disk.delete(beside);
        try (Disk.Output out = disk.append(beside)) {
            out.write(ByteBuffer.wrap(content));
            out.force();
        }
        disk.replace(file, beside);
        return file;
    }

    /** Makes a folder of the log and those above it, and their names durable: a file is lost with its folder's name. */
    void makeFolder(Path folder) throws IOException {
        if (folder.equals(where.get()) || durable.contains(folder)) return;
        makeFolder(folder(folder));
        if (!Files.isDirectory(folder)) disk.makeFolder(folder);
        disk.forceFolder(folder(folder));
        durable.add(folder);
    }

    /** The folder that a file of the log stands in. */
    private Path folder(Path file) {
        Path folder = file.getParent();
        return folder == null ? where.get() : folder;
    }
}
