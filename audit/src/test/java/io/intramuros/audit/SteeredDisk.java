// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The real disk, which a test can stop and fill. */
final class SteeredDisk implements Disk {
    private final Disk real = Disk.REAL;
    private volatile Predicate<Path> full = _ -> false;
    private volatile Predicate<Path> gate = _ -> false;
    private final Object opened = new Object();

    /** No write to such files succeeds. */
    void full(Predicate<Path> files) {
        full = files;
    }

    /** Files of this kind are opened when the gate is open again, and not before. */
    void shut(Predicate<Path> files) {
        gate = files;
    }

    void open() {
        synchronized (opened) {
            gate = _ -> false;
            opened.notifyAll();
        }
    }

    private void pass(Path file) throws IOException {
        synchronized (opened) {
            try {
                while (gate.test(file)) opened.wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Override
    public Output append(Path file) throws IOException {
        pass(file);
        Output out = real.append(file);
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                pass(file);
                if (full.test(file)) throw new IOException("No space left on device");
                out.write(bytes);
            }

            @Override
            public void force() throws IOException {
                out.force();
            }

            @Override
            public long size() throws IOException {
                return out.size();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        real.forceFolder(folder);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        real.makeFolder(folder);
    }

    @Override
    public void replace(Path file, Path with) throws IOException {
        real.replace(file, with);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public long free(Path folder) throws IOException {
        return real.free(folder);
    }
}
