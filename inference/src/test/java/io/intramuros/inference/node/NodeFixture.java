// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.text.ChatTemplate;
import io.intramuros.inference.text.Sampling;
import io.intramuros.inference.text.ScriptedDecoder;
import io.intramuros.inference.text.TextTokenizer;
import io.intramuros.inference.text.Vocabularies;
import io.intramuros.inference.text.Vocabulary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node on a loopback port with a scripted chat model and a small embedder, and a client for it. */
final class NodeFixture implements AutoCloseable {
    static final String TOKEN = "node-token";
    static final int BODY_LIMIT = 64 << 10;

    final NodeServer server;
    private final ServedModels models;
    private final HttpClient client = HttpClient.newHttpClient();

    NodeFixture(Decoder decoder, int queue) throws IOException {
        this(new ServedModels(List.of(chat("scripted", decoder, queue)), List.of(embedding()), () -> {}));
    }

    NodeFixture(ServedModels models) throws IOException {
        this.models = models;
        this.server = new NodeServer(
                new NodeServer.Listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(TOKEN), BODY_LIMIT),
                models,
                () -> Instant.ofEpochSecond(1_700_000_000));
    }

    /** A node whose model says one text. */
    static NodeFixture saying(String text) throws IOException {
        return new NodeFixture(new ScriptedDecoder(text, false), 4);
    }

    /** A node whose model says one text, by a vocabulary of its own. */
    static NodeFixture saying(String text, Vocabulary vocabulary) throws IOException {
        var decoder = new ScriptedDecoder(text, vocabulary);
        return new NodeFixture(
                new ServedModels(List.of(chat("scripted", decoder, 4, vocabulary)), List.of(), () -> {}));
    }

    static ChatModel chat(String id, Decoder decoder, int queue) {
        return chat(id, decoder, queue, Vocabularies.bytes(Optional.empty()));
    }

    static ChatModel chat(String id, Decoder decoder, int queue, Vocabulary vocabulary) {
        var tokenizer = new TextTokenizer(vocabulary);
        return new ChatModel(
                id,
                decoder,
                tokenizer,
                new ChatTemplate(tokenizer),
                Sampling.GREEDY,
                new Turns(1, queue),
                new ModelMetrics(id));
    }

    private static EmbeddingModel embedding() {
        return new EmbeddingModel("letters", new LetterEmbedder(), new Turns(1, 4), new ModelMetrics("letters"));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Opens a connection and sends one POST on it, to be read or not. */
    Socket open(String path, String body) throws IOException {
        return open(path, body, "");
    }

    /** The same with further headers, each with its line end. */
    Socket open(String path, String body, String headers) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(8 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.setSoTimeout(20_000);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nhost: node\r\nauthorization: Bearer " + TOKEN + "\r\n" + headers
                + "content-length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        return socket;
    }

    /** The number behind a metric's name and labels. */
    long metric(String line) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(l -> l.startsWith(line + " "))
                .mapToLong(l -> Long.parseLong(l.substring(line.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /** The documents of a stream of events, without the {@code [DONE]} that must end it. */
    static List<JsonNode> events(String body) {
        List<String> lines = body.lines().filter(line -> !line.isEmpty()).toList();
        if (!lines.getLast().equals("data: [DONE]")) {
            throw new AssertionError("stream ends with " + lines.getLast());
        }
        return lines.subList(0, lines.size() - 1).stream()
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        models.close();
    }

    /** Counts letters, so that its vectors can be known. */
    private static final class LetterEmbedder implements Embedder {
        @Override
        public float[] embed(String text) {
            return new float[] {
                text.length(), text.chars().filter(c -> c == 'a').count()
            };
        }

        @Override
        public int mostTokens() {
            return 20;
        }

        @Override
        public int tokens(String text) {
            return text.length();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
