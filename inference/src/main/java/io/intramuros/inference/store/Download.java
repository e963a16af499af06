// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Downloads a file, and goes on where an earlier try broke off: what came so far is kept under the address's digest,
 * beside the tag that the server gave it. A server whose file has changed since sends it from the start.
 */
final class Download {
    private static final int BLOCK = 1 << 18;
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_SATISFIABLE = 416;

    private final Path kept;
    private final PullProgress progress;

    Download(Path kept, PullProgress progress) {
        this.kept = kept;
        this.progress = progress;
    }

    /** The whole file at the given place. */
    Path file(URI uri, Path to) throws IOException, InterruptedException {
        String key = Digests.of(uri.toString().getBytes(StandardCharsets.UTF_8));
        Path part = Files.createDirectories(kept).resolve(key + ".part");
        Path tag = kept.resolve(key + ".tag");
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> response =
                    client.send(request(uri, part, tag), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                closeLater(in);
                receive(response, in, part, tag);
            }
        }
        Files.deleteIfExists(tag);
        return Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static HttpRequest request(URI uri, Path part, Path tag) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(CONNECT);
        if (Files.isRegularFile(part) && Files.isRegularFile(tag) && Files.size(part) > 0) {
            request.header("range", "bytes=" + Files.size(part) + "-").header("if-range", Files.readString(tag));
        }
        return request.build();
    }

    private void receive(HttpResponse<InputStream> response, InputStream in, Path part, Path tag) throws IOException {
        boolean more = response.statusCode() == PARTIAL_CONTENT;
        if (response.statusCode() == NOT_SATISFIABLE) {
            Files.deleteIfExists(part);
            throw new CorruptFileException("what an earlier download left does not fit");
        }
        if (response.statusCode() != OK && !more) {
            throw new IOException("the server answered " + response.statusCode());
        }
        long had = more ? Files.size(part) : 0;
        String range = response.headers().firstValue("content-range").orElse("");
        if (more && !range.startsWith("bytes " + had + "-")) {
            Files.deleteIfExists(part);
            throw new CorruptFileException("the server sent another part than was asked for");
        }
        String name = response.headers()
                .firstValue("etag")
                .filter(etag -> !etag.startsWith("W/"))
                .orElse("");
        if (name.isEmpty()) {
            Files.deleteIfExists(tag);
        } else {
            Files.writeString(tag, name);
        }
        long coming = response.headers().firstValueAsLong("content-length").orElse(-1);
        write(in, part, had, coming < 0 ? -1 : had + coming);
    }

    private void write(InputStream in, Path part, long had, long total) throws IOException {
        StandardOpenOption how = had > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = had;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] block = new byte[BLOCK];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                out.write(block, 0, n);
                done += n;
                progress.at("download", done, Math.max(0, total));
            }
        } catch (IOException e) {
            var broken = new CorruptFileException("download broke off after " + done + " of " + total + " bytes");
            broken.initCause(e);
            throw broken;
        }
        if (total >= 0 && done != total) {
            throw new CorruptFileException("download broke off after " + done + " of " + total + " bytes");
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
}
