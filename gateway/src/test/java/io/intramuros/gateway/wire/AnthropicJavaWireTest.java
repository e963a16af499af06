// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's own Java client against the gateway, before nodes that never heard of its API. */
class AnthropicJavaWireTest {
    private static final String EMAIL = "jane.roe@example.com";

    @TempDir
    static Path folder;

    private static PairGateway pairs;
    private static AnthropicClient client;

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
        client = client(pairs.gateway().key());
    }

    @AfterAll
    static void stop() {
        client.close();
        pairs.close();
    }

    @BeforeEach
    void forget() {
        pairs.upstream().forget();
    }

    private static AnthropicClient client(String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(pairs.gateway().url("").toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static MessageCreateParams.Builder asking(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(200).addUserMessage("Write to " + EMAIL);
    }

    private static FakeNode node(String model) {
        return model.equals("m-ollama") ? new OllamaFakeNode() : new OpenAiFakeNode("openai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m-openai", "m-ollama"})
    void create_whole_isValidAndRestored(String model) {
        FakeNode node = node(model);
        pairs.upstream()
                .script((request, reply) ->
                        reply.json(200, node.whole(FakeNode.Script.of("Dear " + node.userText(request.body())))));

        Message message = client.messages().create(asking(model).build());

        message.validate();
        assertThat(message.content().getFirst().text().orElseThrow().text()).isEqualTo("Dear Write to " + EMAIL);
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().inputTokens()).isEqualTo(11);
        assertThat(pairs.seen().toString()).doesNotContain(EMAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m-openai", "m-ollama"})
    void createStreaming_thinkingTextAndCall_accumulate(String model) {
        FakeNode node = node(model);
        pairs.upstream().script((request, reply) -> {
            String said = node.userText(request.body());
            reply.streamHead();
            reply.pieces(
                    node.stream(FakeNode.Script.of(said)
                            .pieces(4)
                            .thinking("of " + said)
                            .calling("{\"to\":" + LiveGateway.JSON.writeValueAsString(said) + "}")),
                    11);
            reply.end();
        });
        Tool tool = Tool.builder()
                .name("lookup")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("to", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .build())
                .build();

        MessageAccumulator accumulator = MessageAccumulator.create();
        try (var stream =
                client.messages().createStreaming(asking(model).addTool(tool).build())) {
            stream.stream().forEach(event -> accumulator.accumulate(event.validate()));
        }

        Message message = accumulator.message();
        assertThat(message.content().get(0).thinking().orElseThrow().thinking()).isEqualTo("of Write to " + EMAIL);
        assertThat(message.content().get(1).text().orElseThrow().text()).isEqualTo("Write to " + EMAIL);
        assertThat(message.content().get(2).toolUse().orElseThrow()._input().toString())
                .contains(EMAIL);
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(message.usage().outputTokens()).isEqualTo(7);
    }

    @Test
    void countTokens_ofAPrompt_isAnswered() {
        long tokens = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("m-openai")
                        .addUserMessage("123456")
                        .build())
                .inputTokens();

        assertThat(tokens).isEqualTo(2);
    }

    @Test
    void models_list_hasThoseOfTheKey() {
        assertThat(client.models().list().data().stream().map(model -> model.id()))
                .contains("m-openai", "m-ollama");
    }

    @Test
    void create_wrongKeyUnknownModelNoQuota_areTheClientsExceptions() {
        AnthropicClient stranger = client("imk_wrong");
        assertThatThrownBy(() -> stranger.messages().create(asking("m-openai").build()))
                .isInstanceOf(UnauthorizedException.class);
        stranger.close();
        assertThatThrownBy(() -> client.messages().create(asking("nobody").build()))
                .isInstanceOf(NotFoundException.class);
        pairs.gateway()
                .admin(
                        "PUT",
                        "/admin/v1/quotas",
                        "{\"scope\":\"team:default\",\"limits\":[{\"unit\":\"tokens\",\"amount\":300,\"per\":\"P1D\"}]}");
        pairs.answers(
                new OpenAiFakeNode("openai").whole(new FakeNode.Script("", java.util.List.of("x"), "", false, 290, 9)));
        client.messages().create(asking("m-openai").build());
        assertThatThrownBy(() -> client.messages().create(asking("m-openai").build()))
                .isInstanceOfSatisfying(RateLimitException.class, e -> {
                    assertThat(e.requestId()).isPresent();
                    assertThat(e.headers().values("x-should-retry")).containsExactly("false");
                });
        pairs.gateway().admin("PUT", "/admin/v1/quotas", "{\"scope\":\"team:default\",\"limits\":[]}");
    }
}
