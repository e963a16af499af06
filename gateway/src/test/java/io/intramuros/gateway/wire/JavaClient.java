// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import com.anthropic.errors.AnthropicServiceException;
import com.openai.errors.OpenAIServiceException;
import dev.langchain4j.exception.HttpException;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientResponseException;

/** A client library or framework for Java, used as an application does. */
interface JavaClient {
    /** Some say the status in words alone, and some throw what the gateway wrote. */
    Map<Pattern, Integer> IN_WORDS = Map.of(
            Pattern.compile("\\b401\\b|Unauthorized"),
            401,
            Pattern.compile("\\b404\\b|no such model"),
            404,
            Pattern.compile("\\b429\\b"),
            429);

    /**
     * Who asks whom.
     *
     * @param url of the gateway
     * @param retries how often the client may try again by itself
     */
    record Seat(String url, String key, String model, int retries) {}

    /** What it says of a whole answer. */
    String whole(Seat seat, String text) throws Exception;

    /** The pieces of a stream, put together. */
    String streamed(Seat seat, String text) throws Exception;

    /**
     * Offers the tool {@code lookup}, runs it as it is called and tells the model what came of it.
     *
     * @param tool from the arguments, as JSON, to the result
     * @return the answer after that
     */
    String withTool(Seat seat, String text, UnaryOperator<String> tool) throws Exception;

    /** The vector of a text. */
    float[] embedded(Seat seat, String text) throws Exception;

    /** Whether it has embeddings. */
    default boolean embeds() {
        return true;
    }

    /** Whether its exceptions say of a limit that it is one. */
    default boolean tellsOfLimits() {
        return true;
    }

    /** The HTTP status that one of its exceptions tells of. */
    static int status(@Nullable Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            switch (e) {
                case HttpException http -> {
                    return http.statusCode();
                }
                case OpenAIServiceException openAi -> {
                    return openAi.statusCode();
                }
                case AnthropicServiceException anthropic -> {
                    return anthropic.statusCode();
                }
                case RestClientResponseException spring -> {
                    return spring.getStatusCode().value();
                }
                default -> {
                    // the cause may know
                }
            }
        }
        String said = String.valueOf(thrown);
        return IN_WORDS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(said).find())
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(-1);
    }
}
