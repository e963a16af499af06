// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.node.ChildNode;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The node that embedded mode brings: its model is pulled by a process of its own, then it serves in another. */
final class EmbeddedNode implements AutoCloseable {
    static final String TOKEN = "INTRAMUROS_EMBEDDED_NODE_TOKEN";
    private static final String CHAT_MODEL = "smollm2-135m-instruct";
    private static final String EMBEDDER = "all-minilm-l6-v2";
    private static final String DEFAULT = "default";
    private static final Duration ASK = Duration.ofSeconds(10);

    private final ChildNode child;
    private final List<Served> served;

    /**
     * A model of the node.
     *
     * @param context its longest prompt and answer together, in tokens
     * @param tools whether it was taught to call tools
     */
    record Served(String name, int context, boolean tools) {}

    private EmbeddedNode(ChildNode child, List<Served> served) {
        this.child = child;
        this.served = served;
    }

    /** Pulls what is missing, unless {@code offline}, and starts the node. */
    static EmbeddedNode start(Path data, boolean offline, PrintStream out) {
        if (!offline || Files.exists(shipped())) pull(data, out);
        try {
            ChildNode child = ChildNode.start(data);
            return new EmbeddedNode(child, ask(child));
        } catch (IOException e) {
            throw new StartFailure("the embedded node cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while the embedded node was started", e);
        }
    }

    /** The token that the node wants. */
    String token() {
        return child.token();
    }

    /** The model that {@code default} stands for. */
    String chatModel() {
        return served.stream()
                .map(Served::name)
                .filter(name -> !name.equals(EMBEDDER))
                .findFirst()
                .orElse("");
    }

    /** Whether only the built-in model is there, which knows nothing. */
    boolean isWiringOnly() {
        return chatModel().equals("wiring");
    }

    /** The node and its models as resources, as if somebody had written them. */
    YamlText resources() {
        ChildNode.Ready ready = child.ready().orElseThrow(() -> new StartFailure("the embedded node died", null));
        StringBuilder yaml = new StringBuilder("""
                apiVersion: intramuros.io/v1
                kind: Node
                metadata: { name: embedded }
                spec: { type: onnx, url: "http://127.0.0.1:%d", auth: { bearerFrom: "env:%s" }, maxConcurrent: 32 }
                """.formatted(ready.port(), TOKEN));
        for (Served model : served) yaml.append("---\n").append(yaml(model));
        return new YamlText("<embedded>", yaml.toString());
    }

    private String yaml(Served model) {
        boolean embedder = model.name().equals(EMBEDDER);
        return """
                apiVersion: intramuros.io/v1
                kind: Model
                metadata: { name: "%s" }
                spec:
                  replicas: [ { node: embedded } ]
                  context: %d
                  maxOutputTokens: 512
                  capabilities: [%s]
                  aliases: [%s]
                """.formatted(
                        model.name(),
                        model.context(),
                        embedder ? "embedding" : model.tools() ? "chat, completion, tools" : "chat, completion",
                        model.name().equals(chatModel()) ? DEFAULT : "");
    }

    @Override
    public void close() {
        child.close();
    }

    /** The model that a distribution brings along; missing in a source tree. */
    private static Path shipped() {
        return Path.of(System.getProperty("intramuros.home", "."), "models", CHAT_MODEL, "model.gguf");
    }

    private static void pull(Path data, PrintStream out) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=io/intramuros/gateway/quiet-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "io.intramuros.inference.store.PullMain",
                "--data",
                data.toString()));
        if (Files.exists(shipped())) command.addAll(List.of("--from", shipped().toString()));
        command.add(CHAT_MODEL);
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) out.println("The model " + CHAT_MODEL + " was not pulled; the reason stands above.");
        } catch (IOException e) {
            throw new UncheckedIOException("the pull of a model cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while a model was pulled", e);
        }
    }

    private static List<Served> ask(ChildNode child) throws IOException, InterruptedException {
        int port = child.ready().orElseThrow(() -> new IOException("it died")).port();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/models"))
                .timeout(ASK)
                .header("authorization", "Bearer " + child.token())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            byte[] body =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
            JsonNode data = StrictJson.fromNode(body)
                    .orElseThrow(() -> new IOException("its list of models is no JSON"))
                    .path("data");
            return data.valueStream()
                    .filter(model ->
                            !model.path("id").asString().equals(DEFAULT)) // an alias, which we declare ourselves
                    .map(model -> new Served(
                            model.path("id").asString(),
                            model.path("max_model_len").asInt(2_048),
                            model.path("capabilities")
                                    .valueStream()
                                    .anyMatch(c -> c.asString("").equals("tools"))))
                    .toList();
        }
    }
}
