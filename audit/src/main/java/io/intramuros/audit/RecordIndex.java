// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where each thousand records stand and what may be among them, in a file beside the log that anybody may throw away: it is
 * made anew from the segments, and says nothing that they do not. It holds signed records only, which never move. Any
 * number of threads; memory for one block.
 */
final class RecordIndex {
    private static final String FILE = "index";
    private static final byte[] MAGIC = "IMINDEX1".getBytes(StandardCharsets.US_ASCII);

    private final Path log;
    private final Path file;

    RecordIndex(Path log) {
        this.log = log;
        this.file = Volumes.current(log).resolve(FILE);
    }

    /** Takes blocks, and says whether it wants more. */
    interface Visitor {
        boolean block(Block block) throws IOException;
    }

    /**
     * Hands over the blocks of the index in their order.
     *
     * @return where they end: the first record that is in none of them
     */
    long visit(Visitor visitor) throws IOException {
        long end = 0;
        if (!Files.exists(file)) return end;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 17))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) return end;
            while (true) {
                byte[] bytes = in.readNBytes(Block.BYTES);
                Block block = bytes.length < Block.BYTES ? Block.at(0, 0, 0) : Block.read(bytes);
                if (block.count() == 0 || block.first() < end) return end;
                end = block.end();
                if (!visitor.block(block)) return end;
            }
        }
    }

    /** Adds the blocks that have become full and signed since. */
    synchronized void grow() throws IOException {
        long signed = Files.exists(Volumes.find(log, "checkpoint")) ? Kept.signedSize(log) : 0;
        long[] count = new long[1];
        AtomicReference<@Nullable Block> last = new AtomicReference<>();
        long end = visit(block -> {
            count[0]++;
            last.setPlain(block);
            return true;
        });
        if (end + Block.RECORDS > signed && !isNewSegment(end, signed)) return;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (out.size() < MAGIC.length || count[0] == 0) out.truncate(0).write(ByteBuffer.wrap(MAGIC));
            long at = MAGIC.length + count[0] * Block.BYTES;
            out.truncate(at).position(at);
            new Growing(log, out, signed, last.getPlain()).from(end);
        }
    }

    /** Whether a segment that is over, and wholly signed, has records that are in no block. */
    private boolean isNewSegment(long end, long signed) throws IOException {
        List<Path> segments = Kept.list(log);
        return segments.size() > 1
                && Segments.first(segments.getLast()) > end
                && Segments.first(segments.getLast()) <= signed;
    }

    /** The making of further blocks. */
    private record Growing(
            Path log,
            FileChannel out,
            long signed,
            @Nullable Block last) {
        void from(long end) throws IOException {
            List<Path> segments = Kept.list(log);
            for (int i = 0; i < segments.size(); i++) {
                long limit = i + 1 < segments.size() ? Segments.first(segments.get(i + 1)) : Long.MAX_VALUE;
                if (limit <= end) continue;
                segment(segments.get(i), Math.max(end, Segments.first(segments.get(i))), limit);
            }
        }

        private void segment(Path segment, long from, long limit) throws IOException {
            long first = Segments.first(segment);
            try (FrameSource frames = FrameSource.open(segment)) {
                Block before =
                        last == null || last.segment() != first ? Block.at(first, Frames.HEADER_BYTES, first) : last;
                frames.moveTo(before.offset());
                long index = before.first();
                Block block = Block.at(first, 0, 0);
                while (index < Math.min(limit, signed)) {
                    long at = frames.at();
                    byte[] payload = frames.next();
                    if (payload.length == 0) return;
                    if (payload[0] != Frames.ENTRY) continue;
                    if (index >= from) {
                        if (block.count() == 0) block = Block.at(first, at, index);
                        block = block.with(AuditEntry.of(index, Arrays.copyOfRange(payload, 1, payload.length)));
                        if (block.count() == Block.RECORDS || index + 1 == limit) block = written(block);
                    }
                    index++;
                }
            }
        }

        private Block written(Block block) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(block.written());
            while (bytes.hasRemaining()) out.write(bytes);
            return Block.at(0, 0, 0);
        }
    }
}
