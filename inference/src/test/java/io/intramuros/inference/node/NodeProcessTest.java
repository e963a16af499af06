// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node as the gateway starts it: a process, its one line, its signals. */
class NodeProcessTest {
    private static final Pattern READY = Pattern.compile("ready port=(\\d+) models=wiring");

    @TempDir
    private static Path data;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void sigterm_readyNode_endsWithZero() throws Exception {
        Process node = node("--parent-stdin");
        int port = port(node);
        try (HttpClient client = HttpClient.newHttpClient()) {
            String base = "http://127.0.0.1:" + port;
            assertThat(get(client, base + "/health", "")).isEqualTo(200);
            assertThat(get(client, base + "/v1/models", "")).isEqualTo(401);
            assertThat(get(client, base + "/v1/models", "Bearer secret")).isEqualTo(200);
        }

        node.destroy();

        assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
    }

    @Test
    void parentEnds_nodeEndsToo() throws Exception {
        Process node = node("--parent-stdin");
        port(node);

        node.getOutputStream().close();

        assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
    }

    @Test
    void start_wrongArgument_saysSoAndEndsWithTwo() throws Exception {
        Process node = node("--prot", "1");

        assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isEqualTo(2);
        assertThat(errors(node)).startsWith("intramuros node: --prot: unknown");
    }

    @Test
    void start_modelThatIsNotInstalled_saysSoAndEndsWithOne() throws Exception {
        Process node = node("--models", "absent");

        assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isEqualTo(1);
        assertThat(errors(node)).contains("intramuros node: absent: not installed");
    }

    private Process node(String... more) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                NodeMain.class.getName(),
                "--data",
                data.toString(),
                "--models",
                "wiring",
                "--token-env",
                "NODE_TEST_TOKEN"));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command);
        builder.environment().put("NODE_TEST_TOKEN", "secret");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int port(Process node) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        Matcher ready = READY.matcher(String.valueOf(reader.readLine()));
        assertThat(ready.matches()).as("the line that says ready").isTrue();
        return Integer.parseInt(ready.group(1));
    }

    private static int get(HttpClient client, String uri, String authorization)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("Authorization", authorization)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String errors(Process node) throws IOException {
        return new String(node.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
