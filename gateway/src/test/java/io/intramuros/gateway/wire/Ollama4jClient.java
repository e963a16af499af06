// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.tools.Tools;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ollama4j, which runs the tools that are registered with it by itself. */
final class Ollama4jClient implements JavaClient {
    private static final long PATIENCE_SECONDS = 30;
    private static final Pattern TOLD = Pattern.compile("\\[TOOL_RESULTS] lookup\\(to\\): (.*) \\[/TOOL_RESULTS]");

    static Ollama client(Seat seat) {
        Ollama ollama = new Ollama(seat.url());
        ollama.setBearerAuth(seat.key());
        ollama.setRequestTimeoutSeconds(PATIENCE_SECONDS);
        return ollama;
    }

    private static OllamaChatRequest asking(Seat seat, String text) {
        return OllamaChatRequest.builder()
                .withModel(seat.model())
                .withMessage(OllamaChatMessageRole.SYSTEM, "Answer by repeating.")
                .withMessage(OllamaChatMessageRole.USER, text);
    }

    @Override
    public String whole(Seat seat, String text) throws OllamaException {
        return client(seat)
                .chat(asking(seat, text).build(), null)
                .getResponseModel()
                .getMessage()
                .getResponse();
    }

    @Override
    public String streamed(Seat seat, String text) throws OllamaException {
        StringBuilder pieces = new StringBuilder();
        client(seat).chat(asking(seat, text).withStreaming().build(), piece -> {
            if (piece.getMessage() != null) pieces.append(piece.getMessage().getResponse());
        });
        return pieces.toString();
    }

    @Override
    public String withTool(Seat seat, String text, UnaryOperator<String> tool) throws OllamaException {
        Ollama ollama = client(seat);
        ollama.registerTool(Tools.Tool.builder()
                .toolSpec(Tools.ToolSpec.builder()
                        .name("lookup")
                        .description("Looks somebody up")
                        .parameters(Tools.Parameters.of(Map.of(
                                "to",
                                Tools.Property.builder()
                                        .type("string")
                                        .description("whom")
                                        .build())))
                        .build())
                .toolFunction(arguments -> tool.apply(LiveGateway.JSON.writeValueAsString(arguments)))
                .build());
        String answer = ollama.chat(asking(seat, text).withUseTools(true).build(), null)
                .getResponseModel()
                .getMessage()
                .getResponse();
        Matcher told = TOLD.matcher(answer);
        return told.matches() ? told.group(1) : answer;
    }

    /** It has them, but asks for them without the key that it was given. */
    @Override
    public boolean embeds() {
        return false;
    }

    /** Its exception for a status that it does not know has no words. */
    @Override
    public boolean tellsOfLimits() {
        return false;
    }

    @Override
    public float[] embedded(Seat seat, String text) throws OllamaException {
        List<Double> vector = client(seat)
                .embed(new OllamaEmbedRequest(seat.model(), List.of(text)))
                .getEmbeddings()
                .getFirst();
        float[] floats = new float[vector.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = vector.get(i).floatValue();
        return floats;
    }

    @Override
    public String toString() {
        return "ollama4j";
    }
}
