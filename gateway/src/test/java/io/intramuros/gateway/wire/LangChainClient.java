// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** LangChain4j, by one of its modules. */
enum LangChainClient implements JavaClient {
    OPENAI {
        @Override
        ChatModel model(Seat seat) {
            return OpenAiChatModel.builder()
                    .baseUrl(seat.url() + "/v1")
                    .apiKey(seat.key())
                    .modelName(seat.model())
                    .maxRetries(seat.retries())
                    .timeout(PATIENCE)
                    .build();
        }

        @Override
        StreamingChatModel streaming(Seat seat) {
            return OpenAiStreamingChatModel.builder()
                    .baseUrl(seat.url() + "/v1")
                    .apiKey(seat.key())
                    .modelName(seat.model())
                    .timeout(PATIENCE)
                    .build();
        }

        @Override
        EmbeddingModel embedding(Seat seat) {
            return OpenAiEmbeddingModel.builder()
                    .baseUrl(seat.url() + "/v1")
                    .apiKey(seat.key())
                    .modelName(seat.model())
                    .maxRetries(0)
                    .build();
        }
    },
    OLLAMA {
        @Override
        ChatModel model(Seat seat) {
            return OllamaChatModel.builder()
                    .baseUrl(seat.url())
                    .customHeaders(bearer(seat))
                    .modelName(seat.model())
                    .timeout(PATIENCE)
                    .maxRetries(seat.retries())
                    .build();
        }

        @Override
        StreamingChatModel streaming(Seat seat) {
            return OllamaStreamingChatModel.builder()
                    .baseUrl(seat.url())
                    .customHeaders(bearer(seat))
                    .modelName(seat.model())
                    .timeout(PATIENCE)
                    .build();
        }

        @Override
        EmbeddingModel embedding(Seat seat) {
            return OllamaEmbeddingModel.builder()
                    .baseUrl(seat.url())
                    .customHeaders(bearer(seat))
                    .modelName(seat.model())
                    .maxRetries(0)
                    .build();
        }
    },
    ANTHROPIC {
        @Override
        ChatModel model(Seat seat) {
            return AnthropicChatModel.builder()
                    .baseUrl(seat.url() + "/v1")
                    .apiKey(seat.key())
                    .modelName(seat.model())
                    .maxTokens(MOST_TOKENS)
                    .maxRetries(seat.retries())
                    .timeout(PATIENCE)
                    .build();
        }

        @Override
        StreamingChatModel streaming(Seat seat) {
            return AnthropicStreamingChatModel.builder()
                    .baseUrl(seat.url() + "/v1")
                    .apiKey(seat.key())
                    .modelName(seat.model())
                    .maxTokens(MOST_TOKENS)
                    .timeout(PATIENCE)
                    .build();
        }

        @Override
        EmbeddingModel embedding(Seat seat) {
            throw new UnsupportedOperationException("Anthropic has no embeddings");
        }

        @Override
        public boolean embeds() {
            return false;
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_TOKENS = 200;
    private static final SystemMessage SYSTEM = SystemMessage.from("Answer by repeating.");

    abstract ChatModel model(Seat seat);

    abstract StreamingChatModel streaming(Seat seat);

    abstract EmbeddingModel embedding(Seat seat);

    private static Map<String, String> bearer(Seat seat) {
        return Map.of("Authorization", "Bearer " + seat.key());
    }

    @Override
    public String whole(Seat seat, String text) {
        return model(seat).chat(SYSTEM, UserMessage.from(text)).aiMessage().text();
    }

    @Override
    public String streamed(Seat seat, String text) throws Exception {
        CompletableFuture<String> whole = new CompletableFuture<>();
        StringBuilder pieces = new StringBuilder();
        streaming(seat).chat(List.of(SYSTEM, UserMessage.from(text)), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.append(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                if (!response.aiMessage().text().contentEquals(pieces))
                    whole.completeExceptionally(new AssertionError("the pieces are not the whole: " + pieces));
                else whole.complete(pieces.toString());
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public String withTool(Seat seat, String text, UnaryOperator<String> tool) {
        ToolSpecification lookup = ToolSpecification.builder()
                .name("lookup")
                .description("Looks somebody up")
                .parameters(JsonObjectSchema.builder().addStringProperty("to").build())
                .build();
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(text)));
        ChatModel model = model(seat);
        AiMessage asked = model.chat(ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(lookup)
                        .build())
                .aiMessage();
        messages.add(asked);
        for (ToolExecutionRequest call : asked.toolExecutionRequests())
            messages.add(ToolExecutionResultMessage.from(call, tool.apply(call.arguments())));
        return model.chat(ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(lookup)
                        .build())
                .aiMessage()
                .text();
    }

    @Override
    public float[] embedded(Seat seat, String text) {
        return embedding(seat).embed(text).content().vector();
    }

    @Override
    public String toString() {
        return "LangChain4j " + name();
    }
}
