// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.installation;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An unpacked distribution and its data folder, run as a user would: by its launcher alone. */
final class Installation {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path launcher;
    private final Path data;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Installation(Path launcher, Path data) {
        this.launcher = launcher;
        this.data = data;
    }

    /** A gateway that said it is ready. */
    record Up(Process process, String block, int port, int adminPort) {
        String first(String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(block);
            if (!matcher.find()) throw new AssertionError("not in the ready block: " + pattern);
            return matcher.group(1);
        }
    }

    /** An answer with its body read. */
    record Answer(int status, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** What a command of the launcher left. */
    record Ended(int status, String output) {}

    private ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("INTRAMUROS_DATA", data.toString());
        return builder;
    }

    /** Starts it on free ports, and returns once its ready block is whole. */
    Up up() throws IOException {
        Process process = command(List.of("up", "--port", "0", "--admin-port", "0"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines = process.inputReader();
        String line = "";
        while (line != null && !line.contains("\"messages\"")) {
            line = lines.readLine();
            said.append(line).append('\n');
        }
        Up block = new Up(process, said.toString(), 0, 0);
        return new Up(
                process,
                block.block(),
                Integer.parseInt(block.first("address +http://127.0.0.1:(\\d+)")),
                Integer.parseInt(block.first("admin +http://127.0.0.1:(\\d+)")));
    }

    /** Runs a command that ends; {@code admin} is the port of the admin plane that it asks. */
    Ended run(int admin, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = command(List.of(arguments)).redirectErrorStream(true);
        builder.environment().put("INTRAMUROS_ADMIN_URL", "http://127.0.0.1:" + admin);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError(output);
        return new Ended(process.exitValue(), output);
    }

    Answer post(int port, String path, String token, String body) throws IOException, InterruptedException {
        return send(port, path, token, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer get(int port, String path, String token) throws IOException, InterruptedException {
        return send(port, path, token, HttpRequest.newBuilder().GET());
    }

    private Answer send(int port, String path, String token, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(PATIENCE)
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** The body of a chat of one message with the default model. */
    static String chat(String text, boolean stream) {
        return "{\"model\":\"default\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + JSON.writeValueAsString(text) + "}]}";
    }

    /** The text of a stream's answer. */
    static String text(String stream) {
        StringBuilder text = new StringBuilder();
        stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JSON.readTree(line.substring(6)))
                .forEach(event -> text.append(event.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asString("")));
        return text.toString();
    }
}
