// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers with the two mistakes that lose records: the schedules of power cuts must find them out. */
class MutantTest {
    private static final int MOST = 200;

    @TempDir
    Path temporary;

    @Test
    void schedules_writerThatNeverForces_isFoundOut() {
        assertThat(seedsUntilFound(Unforced::new)).isLessThan(10);
    }

    @Test
    void schedules_writerThatAcknowledgesEarly_isFoundOut() {
        assertThat(seedsUntilFound(Early::new)).isLessThan(MOST);
    }

    private int seedsUntilFound(UnaryOperator<Disk> mutant) {
        for (int seed = 0; seed < MOST; seed++) {
            Path folder = temporary.resolve("log" + seed);
            CrashSchedule schedule = new CrashSchedule(folder, new Random(seed), 0, mutant);
            try {
                schedule.run();
            } catch (IOException | AssertionError _) {
                return seed;
            }
        }
        return MOST;
    }

    @Test
    void run_soundDisk_isNotBlamed() throws Exception {
        for (int seed = 0; seed < 5; seed++)
            assertThat(new CrashSchedule(temporary.resolve("log" + seed), new Random(seed), 0, disk -> disk).run())
                    .isPositive();
        assertThatThrownBy(() -> new CrashSchedule(temporary.resolve("no"), new Random(1), 0, Unforced::new).run())
                .isInstanceOfAny(IOException.class, AssertionError.class);
    }

    /** Says that it forced segments, and does not. */
    private static class Unforced implements Disk {
        private final Disk disk;

        Unforced(Disk disk) {
            this.disk = disk;
        }

        @Override
        public Output append(Path file) throws IOException {
            Output out = disk.append(file);
            return file.toString().contains("seg") ? of(out) : out;
        }

        Output of(Output out) {
            return new Mutated(out, false);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            disk.forceFolder(folder);
        }

        @Override
        public void makeFolder(Path folder) throws IOException {
            disk.makeFolder(folder);
        }

        @Override
        public void replace(Path file, Path with) throws IOException {
            disk.replace(file, with);
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }

        @Override
        public long free(Path folder) throws IOException {
            return disk.free(folder);
        }
    }

    /** Says that it forced a batch, and does so with the next one. */
    private static final class Early extends Unforced {
        Early(Disk disk) {
            super(disk);
        }

        @Override
        Output of(Output out) {
            return new Mutated(out, true);
        }
    }

    private static final class Mutated implements Disk.Output {
        private final Disk.Output out;
        private final boolean later;
        private boolean owed;

        Mutated(Disk.Output out, boolean later) {
            this.out = out;
            this.later = later;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (later && owed && bytes.remaining() > Frames.MARK_BYTES) {
                out.force();
                owed = false;
            }
            out.write(bytes);
        }

        @Override
        public void force() {
            owed = true;
        }

        @Override
        public long size() throws IOException {
            return out.size();
        }

        @Override
        public void close() throws IOException {
            if (later && owed) out.force();
            out.close();
        }
    }
}
