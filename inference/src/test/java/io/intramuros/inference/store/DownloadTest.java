// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that hangs up in the middle. */
class DownloadTest {
    @TempDir
    private Path folder;

    private final byte[] content = new byte[300_000];
    private final List<String> ranges = new ArrayList<>();
    private HttpServer server;
    private int breakAfter;
    private String tag = "\"v1\"";
    private boolean honoursRanges = true;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(content);
        breakAfter = content.length;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void file_brokenOff_goesOnWhereItWas() throws Exception {
        breakAfter = 100_000;
        assertThatThrownBy(this::download)
                .isInstanceOf(CorruptFileException.class)
                .hasMessageStartingWith("download broke off after ");
        breakAfter = content.length;

        assertThat(download()).hasBinaryContent(content);
        assertThat(ranges).hasSize(2);
        assertThat(ranges.getFirst()).isEmpty();
        assertThat(ranges.getLast()).matches("bytes=[1-9]\\d*-");
        assertThat(folder.resolve("kept")).isEmptyDirectory();
    }

    @Test
    void file_changedMeanwhile_comesFromTheStart() throws Exception {
        breakAfter = 100_000;
        assertThatThrownBy(this::download).isInstanceOf(CorruptFileException.class);
        breakAfter = content.length;
        tag = "\"v2\"";
        Arrays.fill(content, (byte) 7);

        assertThat(download()).hasBinaryContent(content);
    }

    @Test
    void file_serverWithoutRanges_comesFromTheStart() throws Exception {
        breakAfter = 100_000;
        assertThatThrownBy(this::download).isInstanceOf(CorruptFileException.class);
        breakAfter = content.length;
        honoursRanges = false;

        assertThat(download()).hasBinaryContent(content);
    }

    @Test
    void file_noTag_isNeverContinued() throws Exception {
        tag = "";
        breakAfter = 100_000;
        assertThatThrownBy(this::download).isInstanceOf(CorruptFileException.class);
        breakAfter = content.length;

        assertThat(download()).hasBinaryContent(content);
        assertThat(ranges).containsExactly("", "");
    }

    @Test
    void file_absent_saysTheStatus() {
        assertThatThrownBy(() -> new Download(folder.resolve("kept"), PullProgress.SILENT)
                        .file(uri("/absent"), folder.resolve("file")))
                .hasMessage("the server answered 404");
    }

    private Path download() throws IOException, InterruptedException {
        return new Download(folder.resolve("kept"), PullProgress.SILENT).file(uri("/model"), folder.resolve("file"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/absent")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            List<String> range = exchange.getRequestHeaders().getOrDefault("range", List.of());
            ranges.add(range.isEmpty() ? "" : range.getFirst());
            List<String> condition = exchange.getRequestHeaders().getOrDefault("if-range", List.of());
            boolean part = honoursRanges && !range.isEmpty() && condition.contains(tag);
            int from = part ? Integer.parseInt(range.getFirst().replaceAll("\\D", "")) : 0;
            if (!tag.isEmpty()) {
                exchange.getResponseHeaders().set("etag", tag);
            }
            if (part) {
                exchange.getResponseHeaders()
                        .set("content-range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(part ? 206 : 200, content.length - from);
            exchange.getResponseBody().write(content, from, Math.min(breakAfter, content.length - from));
        }
    }
}
