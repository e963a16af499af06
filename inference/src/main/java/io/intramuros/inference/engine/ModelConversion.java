// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.graph.DecoderSpec;
import io.intramuros.inference.graph.GraphBuilder;
import io.intramuros.inference.graph.GraphSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Turns a GGUF file into a folder that {@link OrtDecoder} loads, once per content of the file. */
public final class ModelConversion {
    private ModelConversion() {}

    /** {@link #convert(Path, Path, GraphSettings, GraphBuilder.Progress)} with the settings that serve. */
    public static Path convert(Path gguf, Path folder, GraphBuilder.Progress progress) throws IOException {
        return convert(gguf, folder, GraphSettings.DEFAULT, progress);
    }

    /**
     * Converts a file, or finds what an earlier conversion made of the same bytes. A conversion that is cut off leaves
     * nothing that a later one would take for a model.
     *
     * @param folder below which the converted model gets a folder of its own
     * @return the folder of the converted model
     * @throws GgufException when the file is broken, hostile, or of a kind that we do not build
     */
    public static Path convert(Path gguf, Path folder, GraphSettings settings, GraphBuilder.Progress progress)
            throws IOException {
        String key = sha256(gguf) + "-b" + GraphBuilder.VERSION + "-c" + settings.context() + "-a"
                + settings.accuracyLevel() + "-f" + settings.fineBelow();
        Path target = folder.resolve(key);
        if (SpecFile.isIn(target)) {
            return target;
        }
        Files.createDirectories(folder);
        Path work = Files.createTempDirectory(folder, "convert-");
        try {
            try (GgufFile file = GgufFile.open(gguf)) {
                DecoderSpec spec = GraphBuilder.build(file, work, settings, progress);
                SpecFile.write(work, spec);
            }
            publish(work, target);
        } finally {
            delete(work);
        }
        return target;
    }

    private static void publish(Path work, Path target) throws IOException {
        try {
            Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!SpecFile.isIn(target)) {
                throw e;
            }
            return; // another conversion of the same file was faster
        }
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
