// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Given;
import io.intramuros.policies.yaml.Key;
import io.intramuros.policies.yaml.Place;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An inference server.
 *
 * @param url scheme, host and port; no path
 * @param maxConcurrent requests in flight at once, 1 to 10,000
 */
public record Node(
        @Given String name,
        Place at,

        @Key("The API that the server speaks") Type type,

        @Key("scheme://host:port, the only address of the node that is connected to")
        URI url,

        @Key(value = "Where the server stands; policies name zones", fallback = "default")
        String zone,

        @Key("How the gateway proves itself to the node") @Nullable
        Auth auth,

        @Key(value = "Requests in flight at once", fallback = "32", min = 1, max = 10_000)
        int maxConcurrent,

        @Key(value = "The server behind type openai, whose differences are then minded", fallback = "other")
        Engine engine,

        @Key(
                value = "Whether the models that the server says it has are added to the declared ones",
                fallback = "false")
        boolean discover) {
    /** What a node speaks. */
    public enum Type {
        /** Intramuros' own inference server. */
        ONNX,
        /** A server of the OpenAI API, such as vLLM. */
        OPENAI,
        /** Ollama's native API. */
        OLLAMA
    }

    /** The servers of the OpenAI API whose differences are known. */
    public enum Engine {
        /** Any; what one of the others must not hear from a caller, it does not hear either. */
        OTHER,
        VLLM,
        /** The server of llama.cpp. */
        LLAMACPP,
        /** Text Generation Inference. */
        TGI,
        SGLANG,
        LMSTUDIO
    }

    /** The token that a node asks for. */
    public record Auth(
            @Key("Where the bearer token is kept: env:NAME or file:/absolute/path")
            SecretSource bearerFrom) {}

    public Node {
        Names.requireName("zone", zone);
        Urls.requireOrigin("url", url);
        if (engine != Engine.OTHER && type != Type.OPENAI)
            throw new IllegalArgumentException("engine: " + engine.name().toLowerCase(Locale.ROOT) + " with type: "
                    + type.name().toLowerCase(Locale.ROOT) + " (expected: only with type: openai)");
    }
}
