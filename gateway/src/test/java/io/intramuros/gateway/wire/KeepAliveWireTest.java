// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that thinks for long before its first word and between two, and what the caller hears in the meantime. */
class KeepAliveWireTest {
    private static final String SAY = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(
                folder, List.of(node.url()), "", Map.of(Setting.KEEP_ALIVE, "PT0.1S", Setting.NODE_JUDGED, "1000"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    /** Says a word each time that it is let, and ends after the second. */
    private static void saysWhenLet(Semaphore let) {
        node.script((_, reply) -> {
            let.acquire();
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"one \"}", "null"));
            let.acquire();
            reply.chunk(RecordingUpstream.delta("{\"content\":\"two\"}", "null"));
            reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
            reply.chunk(RecordingUpstream.usageAndDone(5, 2));
            reply.end();
        });
    }

    private static Socket ask(String path, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST " + path
                                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                                + "Authorization: Bearer " + gateway.key() + "\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, ': keep-alive', '', one , data: [DONE]",
        "/v1/responses, ': keep-alive', '', one , event: response.completed",
        "/v1/messages, 'data: {\"type\":\"ping\"}', '\"max_tokens\":9,', one , event: message_stop"
    })
    void stream_stillBeforeTheFirstWordAndBetweenTwo_hasSigns(
            String path, String sign, String more, String word, String end) throws IOException {
        Semaphore let = new Semaphore(0);
        saysWhenLet(let);
        String asked = path.endsWith("responses") ? "\"input\":\"hello\"" : SAY;
        List<String> lines = new ArrayList<>();
        try (Socket socket = ask(path, "{\"model\":\"m\",\"stream\":true," + more + asked + "}");
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            read(in, lines, sign);
            assertThat(lines.getFirst()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(String.join("\n", lines)).doesNotContain(word);
            let.release();
            read(in, lines, word);
            read(in, lines, sign);
            let.release();
            read(in, lines, end);
        }
        assertThat(lines.stream().filter(line -> line.equals(sign)).count()).isGreaterThanOrEqualTo(2);
    }

    /** Reads on to the line that holds a text. */
    private static void read(BufferedReader in, List<String> lines, String text) throws IOException {
        String line;
        do {
            line = in.readLine();
            if (line == null) throw new AssertionError("ended before \"" + text + "\": " + lines);
            lines.add(line);
        } while (!line.contains(text));
    }

    @Test
    void stream_ofOllamasLines_hasNone() throws IOException {
        Semaphore let = new Semaphore(0);
        saysWhenLet(let);
        try (Socket socket = ask("/api/chat", "{\"model\":\"m\"," + SAY + "}")) {
            socket.setSoTimeout(600);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> socket.getInputStream().read()))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
            let.release(2);
            socket.setSoTimeout(20_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"done\":true")
                    .doesNotContain("keep-alive")
                    .doesNotContain("ping");
        }
    }

    @Test
    void stream_nodeFailsAfterASign_endsWithAnErrorEvent() throws IOException {
        Semaphore let = new Semaphore(0);
        node.script((_, reply) -> {
            let.acquire();
            reply.json(500, "{}");
        });
        List<String> lines = new ArrayList<>();
        try (Socket socket = ask("/v1/chat/completions", "{\"model\":\"m\",\"stream\":true," + SAY + "}");
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            read(in, lines, ": keep-alive");
            let.release();
            read(in, lines, "\"error\"");
        }
        assertThat(lines.getFirst()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(lines.getLast()).contains("node_failed");
    }

    @Test
    void clients_ofBothProtocols_passSignsOver() {
        node.script((_, reply) -> {
            reply.streamHead();
            Thread.sleep(350); // a pause is what is tested
            reply.chunk(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"one \"}", "null"));
            Thread.sleep(350);
            reply.chunk(RecordingUpstream.delta("{\"content\":\"two\"}", "null"));
            reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
            reply.chunk(RecordingUpstream.usageAndDone(5, 2));
            reply.end();
        });
        OpenAIClient openAi = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url("/v1").toString())
                .apiKey(gateway.key())
                .build();
        ChatCompletionAccumulator chat = ChatCompletionAccumulator.create();
        try (var response = openAi.chat()
                .completions()
                .createStreaming(ChatCompletionCreateParams.builder()
                        .model("m")
                        .addUserMessage("hello")
                        .build())) {
            response.stream().forEach(chunk -> chat.accumulate(chunk.validate()));
        }
        openAi.close();
        AnthropicClient anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.url("").toString())
                .apiKey(gateway.key())
                .build();
        MessageAccumulator message = MessageAccumulator.create();
        try (var response = anthropic
                .messages()
                .createStreaming(MessageCreateParams.builder()
                        .model("m")
                        .maxTokens(9)
                        .addUserMessage("hello")
                        .build())) {
            response.stream().forEach(event -> message.accumulate(event.validate()));
        }
        anthropic.close();

        assertThat(chat.chatCompletion().choices().getFirst().message().content())
                .contains("one two");
        assertThat(message.message().content().getFirst().text().orElseThrow().text())
                .isEqualTo("one two");
    }
}
