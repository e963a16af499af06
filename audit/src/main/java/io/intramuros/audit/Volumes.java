// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a log's files stand: in its folder, and, from the moment on in which that could not be written any more, in a
 * folder on a second volume, to which a link in the first leads. Whoever reads looks there first. A log that has gone there
 * stays there: going back and forth, nobody could tell which of two files of one name counts.
 *
 * <p>Any number of threads; it moves once.
 */
final class Volumes {
    /** The link. */
    static final String LINK = "second";
    /** The file on the second volume that says whose it is, so that an empty mount point is not taken for it. */
    private static final String OWNER = "log";

    private final Path first;
    private final Path second;
    private final boolean isDouble;
    private volatile boolean moved;

    private Volumes(Path first, Path second, boolean isDouble) {
        this.first = first;
        this.second = second;
        this.isDouble = isDouble;
        this.moved = isDouble && isUsed(second);
    }

    /**
     * The volumes of a log that is opened.
     *
     * @throws IOException if its second volume is not there, or another log's
     */
    static Volumes open(AuditSettings settings, Disk disk) throws IOException {
        Path first = settings.folder();
        Path link = first.resolve(LINK);
        Path second = settings.second().map(Path::toAbsolutePath).orElse(link);
        boolean linked = Files.exists(link, LinkOption.NOFOLLOW_LINKS);
        if (settings.second().isEmpty() && !linked) return new Volumes(first, first, false);
        if (!linked) {
            Path above = second.getParent();
            if (!Files.isDirectory(second)) {
                Files.createDirectories(second);
                if (above != null) disk.forceFolder(above);
            }
            claim(second, settings.key().name(), disk);
            Files.createSymbolicLink(link, second);
            disk.forceFolder(first);
        }
        Path owner = link.resolve(OWNER);
        if (!Files.exists(owner) || !Files.exists(second) || !Files.isSameFile(link, second))
            throw new IOException("audit log: its second volume is not where " + link
                    + " leads (expected: mounted there, and configured as it was)");
        if (!Files.readString(owner).strip().equals(settings.key().name()))
            throw new IOException("audit log: the second volume is another log's (expected: a folder for each log)");
        return new Volumes(first, second, true);
    }

    /** Says whose it is; again where the last start may have ended before that was durable. */
    private static void claim(Path second, String log, Disk disk) throws IOException {
        Path owner = second.resolve(OWNER);
        String known = Files.exists(owner) ? Files.readString(owner).strip() : "";
        if (known.isEmpty() || known.equals(log))
            new TileFiles(second, disk).write(OWNER, (log + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Where files are written now. */
    Path now() {
        return moved ? second : first;
    }

    boolean isMoved() {
        return moved;
    }

    /** Leaves a volume that failed, for good; false where there is no other to go to. */
    synchronized boolean leave(Path failed) {
        if (!isDouble || failed.equals(second)) return false;
        moved = true; // or another thread's failure has moved it before
        return true;
    }

    /** Whether there is less room than {@code least} where files are written now; where a second volume has room, it moves. */
    boolean isShort(long least, Disk disk) throws IOException {
        if (isRoomy(now(), least, disk)) return false;
        return moved || !isDouble || !isRoomy(second, least, disk) || !leave(first);
    }

    private boolean isRoomy(Path folder, long least, Disk disk) throws IOException {
        try {
            return disk.free(folder) >= least;
        } catch (IOException e) {
            if (isDouble && !moved) return false; // a volume that does not even say is one to leave
            throw e;
        }
    }

    /** The folders of a log, that which counts first. */
    static List<Path> of(Path log) {
        Path link = log.resolve(LINK);
        return Files.isDirectory(link) ? List.of(link, log) : List.of(log);
    }

    /** Where the files of a log are written, as far as one can see who does not write it. */
    static Path current(Path log) {
        Path link = log.resolve(LINK);
        return isUsed(link) ? link : log;
    }

    /** A file of a log as it is now; in its folder where there is none. */
    static Path find(Path log, String name) {
        for (Path folder : of(log)) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) return file;
        }
        return log.resolve(name);
    }

    /** Whether a log has a second volume that is not there. */
    static boolean isLost(Path log) {
        Path link = log.resolve(LINK);
        return Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.exists(link.resolve(OWNER));
    }

    private static boolean isUsed(Path folder) {
        return Files.isDirectory(folder.resolve(Segments.FOLDER)) || Files.exists(folder.resolve("checkpoint"));
    }
}
