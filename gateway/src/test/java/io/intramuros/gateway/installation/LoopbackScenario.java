// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What one does with an installation, from its first start to the check of its log. Runs inside the loopback network. */
final class LoopbackScenario {
    private static final String EMAIL = "jane.roe@corp.example";
    private static final int DIMENSIONS = 384;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Installation installation;
    private final Path data;

    private LoopbackScenario(Path launcher, Path data) {
        this.installation = new Installation(launcher, data);
        this.data = data;
    }

    /**
     * Runs it; ends with an error where something is not as it should be.
     *
     * @param arguments the launcher and the data folder
     */
    public static void main(String... arguments) throws Exception {
        new LoopbackScenario(Path.of(arguments[0]), Path.of(arguments[1])).run();
        System.out.println("scenario: whole");
    }

    private void run() throws Exception {
        Installation.Up first = installation.up();
        String key = first.first("(imk_\\w+)");
        try {
            assertThat(first.block()).contains("wiring only");
            chats(first, key);
            embeds(first, key);
            namesHosts(first, key);
            limits(first, first.first("(ima_\\w+)"));
            losesItsNode(first, key);
            diesUnderLoad(first, key);
        } finally {
            first.process().destroyForcibly().waitFor();
        }
        comesBack(key);
    }

    private static void step(String name) {
        System.out.println("scenario: " + name);
    }

    private void chats(Installation.Up up, String key) throws Exception {
        step("chat, whole and streamed, with personal data");
        Installation.Answer whole = ask(up, key, "Repeat: " + EMAIL);
        assertThat(whole.status()).as(whole.body()).isEqualTo(200);
        assertThat(whole.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo(EMAIL);
        Installation.Answer streamed =
                installation.post(up.port(), "/v1/chat/completions", key, Installation.chat("Repeat: " + EMAIL, true));
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
        assertThat(Installation.text(streamed.body())).isEqualTo(EMAIL);
        String records = installation
                .get(up.adminPort(), "/admin/v1/audit/records?limit=20", up.first("(ima_\\w+)"))
                .body();
        assertThat(records).contains("EMAIL").doesNotContain(EMAIL);
    }

    private void embeds(Installation.Up up, String key) throws Exception {
        step("embeddings");
        String body = "{\"model\":\"all-minilm-l6-v2\",\"input\":[\"a door in the wall\",\"a gate\"]%s}";
        var floats = installation
                .post(up.port(), "/v1/embeddings", key, body.formatted(""))
                .json();
        assertThat(floats.path("data").size()).isEqualTo(2);
        assertThat(floats.path("data").path(0).path("embedding").size()).isEqualTo(DIMENSIONS);
        var base64 = installation
                .post(up.port(), "/v1/embeddings", key, body.formatted(",\"encoding_format\":\"base64\""))
                .json();
        byte[] bytes = Base64.getDecoder()
                .decode(base64.path("data").path(1).path("embedding").asString());
        assertThat(bytes).hasSize(DIMENSIONS * Float.BYTES);
        double first =
                ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat();
        assertThat(floats.path("data").path(1).path("embedding").path(0).asDouble())
                .isCloseTo(first, org.assertj.core.api.Assertions.within(1e-6));
    }

    /** Names of hosts in every place where somebody might look one up. */
    private void namesHosts(Installation.Up up, String key) throws Exception {
        step("names of hosts in prompts, models, tools and pictures");
        assertThat(ask(up, key, "Summarize https://intranet.example.org/a?b=c and ftp://files.example.net/x")
                        .status())
                .isEqualTo(200);
        String chat = Installation.chat("Hello", false);
        for (String model : List.of("http://models.example.org/m", "models.example.org", "192.0.2.9:8000/m"))
            assertThat(installation
                            .post(up.port(), "/v1/chat/completions", key, chat.replace("default", model))
                            .status())
                    .isEqualTo(404);
        String picture = chat.replace(
                "\"Hello\"",
                "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://pictures.example.org/cat.png\"}}]");
        assertThat(installation
                        .post(up.port(), "/v1/chat/completions", key, picture)
                        .status())
                .isEqualTo(400);
        String user = chat.replace("{\"model\"", "{\"user\":\"http://callback.example.org/\",\"model\"");
        assertThat(installation
                        .post(up.port(), "/v1/chat/completions", key, user)
                        .status())
                .isEqualTo(200);
        assertThat(installation
                        .get(up.port(), "/v1/models", "https.login.example.org")
                        .status())
                .isEqualTo(401);
    }

    private void limits(Installation.Up up, String admin) throws Exception {
        step("a quota, set by the command line");
        installation.post(up.adminPort(), "/admin/v1/teams", admin, "{\"id\":\"two\",\"name\":\"Two a day\"}");
        assertThat(installation
                        .run(up.adminPort(), "quota", "set", "team:two", "requests=2/P1D")
                        .status())
                .isZero();
        Installation.Ended made = installation.run(up.adminPort(), "keys", "create", "--team", "two", "-o", "json");
        assertThat(made.status()).as(made.output()).isZero();
        String key = Installation.JSON.readTree(made.output()).path("key").asString();
        assertThat(ask(up, key, "Hello").status()).isEqualTo(200);
        assertThat(ask(up, key, "Hello").status()).isEqualTo(200);
        Installation.Answer third = ask(up, key, "Hello");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.body()).contains("insufficient_quota");
    }

    private void losesItsNode(Installation.Up up, String key) throws Exception {
        step("kill -9 of the node");
        ProcessHandle node = up.process().toHandle().children().findFirst().orElseThrow();
        assertThat(node.destroyForcibly()).isTrue();
        node.onExit().get(30, TimeUnit.SECONDS);
        long until = System.nanoTime() + PATIENCE_NANOS;
        int status = ask(up, key, "Hello").status();
        while (status != 200) {
            assertThat(status).isIn(502, 503, 504);
            assertThat(System.nanoTime()).isLessThan(until);
            LockSupport.parkNanos(LOOK_NANOS);
            status = ask(up, key, "Hello").status();
        }
        assertThat(up.process().toHandle().children().map(ProcessHandle::pid))
                .hasSize(1)
                .doesNotContain(node.pid());
    }

    private void diesUnderLoad(Installation.Up up, String key) throws Exception {
        step("kill -9 of the gateway under load");
        List<ProcessHandle> nodes = up.process().toHandle().descendants().toList();
        AtomicInteger answered = new AtomicInteger();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++)
                callers.execute(() -> {
                    while (isAnswered(up, key)) answered.incrementAndGet();
                });
            long until = System.nanoTime() + PATIENCE_NANOS;
            while (answered.get() < 12 && System.nanoTime() < until) LockSupport.parkNanos(LOOK_NANOS);
            assertThat(answered.get()).as("answered at four at a time").isGreaterThanOrEqualTo(12);
            up.process().destroyForcibly().waitFor();
        }
        for (ProcessHandle node : nodes) node.onExit().get(30, TimeUnit.SECONDS);
    }

    private boolean isAnswered(Installation.Up up, String key) {
        try {
            return ask(up, key, "Hello").status() == 200;
        } catch (IOException e) {
            return false; // killed meanwhile
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void comesBack(String key) throws Exception {
        step("the next start recovers, and the log verifies");
        Installation.Up second = installation.up();
        assertThat(ask(second, key, "Hello").status()).isEqualTo(200);
        assertThat(second.block()).doesNotContain("imk_").doesNotContain("ima_");
        second.process().destroy();
        assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.process().exitValue()).isZero();
        Path log = data.resolve("audit");
        Installation.Ended verified = installation.run(
                0, "audit", "verify", "--vkey", log.resolve("vkey").toString(), log.toString());
        assertThat(verified.status()).as(verified.output()).isZero();
    }

    private Installation.Answer ask(Installation.Up up, String key, String text)
            throws IOException, InterruptedException {
        return installation.post(up.port(), "/v1/chat/completions", key, Installation.chat(text, false));
    }
}
