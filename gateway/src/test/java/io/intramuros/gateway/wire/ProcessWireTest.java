// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.audit.Verify;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process with the built-in model in its child node: started, asked, killed, started again, stopped. */
class ProcessWireTest {
    private static final String HELLO =
            "{\"model\":\"default\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    @TempDir
    Path folder;

    /** A started gateway. */
    private record Started(Process process, int port, String key) {}

    private Started up(String knownKey) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.intramuros.gateway.cli.Main",
                "up",
                "--offline",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                "0",
                "--admin-port",
                "0");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains("\"messages\"")) break; // the last line of the ready block
        }
        assertThat(said.toString()).contains("Intramuros is ready").contains("wiring only");
        Matcher key = Pattern.compile("imk_\\w+").matcher(said);
        return new Started(
                process,
                Integer.parseInt(found("address +http://127.0.0.1:(\\d+)", said)),
                key.find() ? key.group() : knownKey);
    }

    private static String found(String pattern, CharSequence text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static int ask(HttpClient http, Started gateway) {
        try {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
                                    .timeout(Duration.ofSeconds(30))
                                    .header("content-type", "application/json")
                                    .header("authorization", "Bearer " + gateway.key())
                                    .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0; // killed meanwhile
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private int verify() throws IOException {
        Path log = folder.resolve("data/audit");
        return Verify.run(log, log.resolve("vkey"), null, new PrintStream(System.out, true));
    }

    @Test
    void up_killedUnderLoad_isRecoveredByTheNextStartAndVerifies() throws Exception {
        Started first = up("");
        AtomicInteger answered = new AtomicInteger();
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService callers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++)
                callers.execute(() -> {
                    while (ask(http, first) == 200) answered.incrementAndGet();
                });
            while (answered.get() < 20 && first.process().isAlive()) Thread.sleep(20);
            first.process().destroyForcibly().waitFor();
        }
        assertThat(verify()).isIn(0, 4);

        Started second = up(first.key());
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(ask(http, second)).isEqualTo(200);
        }
        second.process().destroy();

        assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.process().exitValue()).isZero();
        assertThat(verify()).isZero();
        List<String> types = new Recorded(folder.resolve("data"))
                .all().stream().map(entry -> entry.text("type")).toList();
        assertThat(types).contains("system.stop");
        assertThat(types).contains("system.recovered");
        assertThat(types.stream().filter("request.completed"::equals).count()).isGreaterThan(answered.get());
        assertThat(types.stream().filter("request.admitted"::equals).count())
                .isEqualTo(types.stream()
                        .filter(type -> type.equals("request.completed")
                                || type.equals("request.orphaned")
                                || type.equals("request.failed")
                                || type.equals("request.cancelled"))
                        .count());
    }

    @Test
    void up_dataFolderInUse_saysSoAndEnds() throws Exception {
        Started first = up("");
        try {
            Process second = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.intramuros.gateway.cli.Main",
                            "up",
                            "--offline",
                            "--data",
                            folder.resolve("data").toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(second.waitFor()).isNotZero();
            assertThat(said).contains("another process has it");
        } finally {
            first.process().destroy();
            first.process().waitFor();
        }
    }
}
