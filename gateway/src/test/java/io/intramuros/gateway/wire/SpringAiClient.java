// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring AI, by one of its modules. */
enum SpringAiClient implements JavaClient {
    OPENAI {
        @Override
        ChatModel model(Seat seat, List<ToolCallback> tools) {
            return OpenAiChatModel.builder()
                    .options(OpenAiChatOptions.builder()
                            .baseUrl(seat.url() + "/v1")
                            .apiKey(seat.key())
                            .model(seat.model())
                            .maxRetries(seat.retries())
                            .toolCallbacks(tools)
                            .build())
                    .build();
        }

        @Override
        EmbeddingModel embedding(Seat seat) {
            return OpenAiEmbeddingModel.builder()
                    .options(OpenAiEmbeddingOptions.builder()
                            .baseUrl(seat.url() + "/v1")
                            .apiKey(seat.key())
                            .model(seat.model())
                            .maxRetries(0)
                            .build())
                    .build();
        }
    },
    OLLAMA {
        @Override
        ChatModel model(Seat seat, List<ToolCallback> tools) {
            return OllamaChatModel.builder()
                    .ollamaApi(api(seat))
                    .options(OllamaChatOptions.builder()
                            .model(seat.model())
                            .toolCallbacks(tools)
                            .build())
                    .retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(seat.retries())))
                    .build();
        }

        @Override
        EmbeddingModel embedding(Seat seat) {
            return OllamaEmbeddingModel.builder()
                    .ollamaApi(api(seat))
                    .options(
                            OllamaEmbeddingOptions.builder().model(seat.model()).build())
                    .build();
        }
    };

    abstract ChatModel model(Seat seat, List<ToolCallback> tools);

    abstract EmbeddingModel embedding(Seat seat);

    private static OllamaApi api(Seat seat) {
        String bearer = "Bearer " + seat.key();
        return OllamaApi.builder()
                .baseUrl(seat.url())
                .restClientBuilder(RestClient.builder().defaultHeader("Authorization", bearer))
                .webClientBuilder(WebClient.builder().defaultHeader("Authorization", bearer))
                .build();
    }

    private static Prompt prompt(String text) {
        return new Prompt(List.of(new SystemMessage("Answer by repeating."), new UserMessage(text)));
    }

    @Override
    public String whole(Seat seat, String text) {
        return text(model(seat, List.of()).call(prompt(text)));
    }

    private static String text(ChatResponse answer) {
        return Objects.requireNonNull(output(answer).getText());
    }

    private static AssistantMessage output(ChatResponse answer) {
        return Objects.requireNonNull(answer.getResult()).getOutput();
    }

    @Override
    public String streamed(Seat seat, String text) {
        return model(seat, List.of()).stream(prompt(text))
                .filter(piece -> piece.getResult() != null)
                .mapNotNull(piece -> output(piece).getText())
                .collect(Collectors.joining())
                .block();
    }

    /** A tool as applications declare it; the model's calls of it are run by hand, which shows what each holds. */
    private record Lookup(UnaryOperator<String> tool) implements ToolCallback {
        @Override
        public ToolDefinition getToolDefinition() {
            return DefaultToolDefinition.builder()
                    .name("lookup")
                    .description("Looks somebody up")
                    .inputSchema("{\"type\":\"object\",\"properties\":{\"to\":{\"type\":\"string\"}}}")
                    .build();
        }

        @Override
        public String call(String arguments) {
            return tool.apply(arguments);
        }
    }

    @Override
    public String withTool(Seat seat, String text, UnaryOperator<String> tool) {
        Lookup lookup = new Lookup(tool);
        ChatModel model = model(seat, List.of(lookup));
        ToolCallingChatOptions options = (ToolCallingChatOptions) model.getOptions();
        UserMessage user = new UserMessage(text);
        AssistantMessage asked = output(model.call(new Prompt(List.of(user), options)));
        ToolResponseMessage told = ToolResponseMessage.builder()
                .responses(asked.getToolCalls().stream()
                        .map(call -> new ToolResponseMessage.ToolResponse(
                                call.id(), call.name(), lookup.call(call.arguments())))
                        .toList())
                .metadata(Map.of())
                .build();
        return text(model.call(new Prompt(List.of(user, asked, told), options)));
    }

    @Override
    public float[] embedded(Seat seat, String text) {
        return embedding(seat).embed(text);
    }

    @Override
    public String toString() {
        return "Spring AI " + name();
    }
}
