// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own Java client against the gateway; {@code validate()} is its check of every required field. */
class OpenAiJavaWireTest {
    private static final int WRONG_ALLOWED = 3;

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(
                folder,
                List.of(node.url()),
                "",
                Map.of(Setting.TRUSTED_PROXIES, "127.0.0.1", Setting.ATTEMPTS, Integer.toString(WRONG_ALLOWED)));
        client = client(gateway.key(), "10.0.0.1");
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        gateway.close();
        node.close();
    }

    /** Wrong keys are counted by address, so each test that sends them comes from one of its own. */
    private static OpenAIClient client(String key, String address) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url("/v1").toString())
                .apiKey(key)
                .maxRetries(0)
                .putHeader("x-forwarded-for", address)
                .build();
    }

    private static ChatCompletionCreateParams.Builder hello() {
        return ChatCompletionCreateParams.builder().model("m").addUserMessage("hello");
    }

    @Test
    void chat_plain_isValidAndSaysWhatTheNodeSaid() {
        node.script((_, reply) -> reply.json(200, RecordingUpstream.completion("\"hi there\"", "", 7, 3)));

        ChatCompletion answer = client.chat().completions().create(hello().build());

        answer.validate();
        assertThat(answer.choices()).hasSize(1);
        assertThat(answer.choices().getFirst().message().content()).contains("hi there");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.model()).isEqualTo("m");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(10);
    }

    @Test
    void chat_streamed_accumulatesToTheWholeAnswerWithUsage() {
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
            for (String word : List.of("one ", "two ", "three"))
                reply.chunk(RecordingUpstream.delta("{\"content\":\"" + word + "\"}", "null"));
            reply.chunk(RecordingUpstream.delta("{}", "\"stop\""));
            reply.chunk(RecordingUpstream.usageAndDone(5, 4));
            reply.end();
        });

        ChatCompletion answer = streamed(hello().streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());

        assertThat(answer.choices().getFirst().message().content()).contains("one two three");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(9);
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (var response = client.chat().completions().createStreaming(params)) {
            response.stream().forEach(chunk -> accumulator.accumulate(chunk.validate()));
        }
        return accumulator.chatCompletion();
    }

    @Test
    void chat_toolCall_hasNameAndArguments() {
        node.script((_, reply) -> reply.json(
                200,
                RecordingUpstream.completion(
                                "null",
                                ",\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                                        + "{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Bonn\\\"}\"}}]",
                                9,
                                8)
                        .replace("\"stop\"", "\"tool_calls\"")));

        ChatCompletion answer = client.chat().completions().create(withTool());

        answer.validate();
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(call(answer).id()).isEqualTo("call_1");
        assertThat(call(answer).function().name()).isEqualTo("weather");
        assertThat(call(answer).function().arguments()).isEqualTo("{\"city\":\"Bonn\"}");
        var sent = LiveGateway.JSON.readTree(node.requests().getLast().body());
        assertThat(sent.path("tools").path(0).path("function").path("name").asString())
                .isEqualTo("weather");
    }

    @Test
    void chat_streamedToolCall_accumulatesItsArguments() {
        node.script((_, reply) -> {
            reply.streamHead();
            reply.chunk(RecordingUpstream.delta(
                    "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call_2\",\"type\":\"function\","
                            + "\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}",
                    "null"));
            for (String part : List.of("{\\\"city\\\":", "\\\"Bonn\\\"}"))
                reply.chunk(RecordingUpstream.delta(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + part + "\"}}]}", "null"));
            reply.chunk(RecordingUpstream.delta("{}", "\"tool_calls\""));
            reply.chunk(RecordingUpstream.usageAndDone(5, 4));
            reply.end();
        });

        ChatCompletion answer = streamed(withTool());

        assertThat(call(answer).id()).isEqualTo("call_2");
        assertThat(call(answer).function().arguments()).isEqualTo("{\"city\":\"Bonn\"}");
    }

    private static ChatCompletionMessageFunctionToolCall call(ChatCompletion answer) {
        return answer.choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction();
    }

    private static ChatCompletionCreateParams withTool() {
        return hello().addFunctionTool(FunctionDefinition.builder()
                        .name("weather")
                        .description("The weather of a city")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
    }

    @Test
    void models_list_isValidAndNamesModelAndAlias() {
        var page = client.models().list();

        page.data().forEach(model -> model.validate());
        assertThat(page.data()).extracting(model -> model.id()).containsExactly("m", "gpt-4o-mini");
        assertThat(client.models().retrieve("m").validate().id()).isEqualTo("m");
    }

    @Test
    void embeddings_default_areAskedForAndReadAsBase64() {
        ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(0.25f).putFloat(-1.5f);
        String base64 = Base64.getEncoder().encodeToString(floats.array());
        node.script((_, reply) -> reply.json(
                200,
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":\"" + base64
                        + "\"}],\"model\":\"x\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}"));

        var answer = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("m")
                        .input("a text")
                        .build());

        answer.validate();
        assertThat(answer.data().getFirst().embedding()).containsExactly(0.25f, -1.5f);
        assertThat(answer.model()).isEqualTo("m");
        assertThat(LiveGateway.JSON
                        .readTree(node.requests().getLast().body())
                        .path("encoding_format")
                        .asString())
                .isEqualTo("base64");
    }

    @Test
    void errors_unknownModel_isNotFound() {
        NotFoundException error = refused(client, hello().model("no-such-model").build(), NotFoundException.class);

        assertThat(error.code()).contains("model_not_found");
        assertThat(error.type()).contains("invalid_request_error");
        assertThat(error.headers().values("x-request-id")).hasSize(1);
    }

    @Test
    void errors_badParameter_isBadRequest() {
        BadRequestException error = refused(client, hello().n(17).build(), BadRequestException.class);

        assertThat(error.code()).contains("invalid_request");
    }

    @Test
    void errors_wrongKeys_areUnauthorizedUntilTheAddressHasToWait() {
        OpenAIClient stranger = client("imk_wrong", "10.0.0.2");
        for (int i = 0; i < WRONG_ALLOWED; i++)
            assertThat(refused(stranger, hello().build(), UnauthorizedException.class)
                            .code())
                    .contains("invalid_api_key");

        RateLimitException error = refused(stranger, hello().build(), RateLimitException.class);

        stranger.close();
        assertThat(error.code()).contains("rate_limit_exceeded");
        assertThat(error.headers().values("retry-after")).hasSize(1);
        assertThat(client.models().list().data()).hasSize(2);
    }

    private static <T extends OpenAIServiceException> T refused(
            OpenAIClient caller, ChatCompletionCreateParams params, Class<T> type) {
        return catchThrowableOfType(type, () -> caller.chat().completions().create(params));
    }
}
