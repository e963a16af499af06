// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import io.intramuros.inference.gguf.GgufWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Writes what {@code config.json} says in GGUF's keys; what would change the model and has no key is refused. */
final class ModelConfig {
    private static final Map<String, String> ARCHITECTURES = Map.of(
            "llama", "llama",
            "mistral", "llama",
            "qwen2", "qwen2",
            "qwen3", "qwen3",
            "phi3", "phi3",
            "gemma2", "gemma2",
            "gemma3_text", "gemma3",
            "granite", "granite",
            "olmo2", "olmo2",
            "smollm3", "smollm3");
    private static final Set<String> GELU = Set.of("gelu_pytorch_tanh", "gelu_tanh");
    private static final Map<String, String> FACTORS = Map.of(
            "embedding_multiplier", "embedding_scale",
            "residual_multiplier", "residual_scale",
            "attention_multiplier", "attention.scale",
            "logits_scaling", "logit_scale",
            "attn_logit_softcapping", "attn_logit_softcapping",
            "final_logit_softcapping", "final_logit_softcapping");

    private final ConfigFile config;
    private final String architecture;

    ModelConfig(ConfigFile config) throws SafetensorsException {
        this.config = config;
        String type = config.text("model_type").orElse("");
        this.architecture = Optional.ofNullable(ARCHITECTURES.get(type))
                .orElseThrow(() -> new SafetensorsException("config.json: model_type " + type + " (expected: one of "
                        + ARCHITECTURES.keySet().stream().sorted().toList() + ")"));
        refuseVariants();
    }

    /** GGUF's name of the architecture. */
    String architecture() {
        return architecture;
    }

    /** Whether the head is the embedding. */
    boolean tied() {
        return config.flag("tie_word_embeddings", architecture.startsWith("gemma"));
    }

    /** Rows of the embedding. */
    int vocabulary() throws SafetensorsException {
        return Math.toIntExact(Math.min(config.number("vocab_size"), Integer.MAX_VALUE));
    }

    void writeTo(GgufWriter gguf) throws SafetensorsException {
        long heads = config.number("num_attention_heads");
        long size = config.number("head_dim", config.number("hidden_size") / Math.max(1, heads));
        gguf.text("general.architecture", architecture).text("intramuros.layout", "huggingface");
        number(gguf, "block_count", config.number("num_hidden_layers"));
        number(gguf, "embedding_length", config.number("hidden_size"));
        number(gguf, "attention.head_count", heads);
        number(gguf, "attention.head_count_kv", config.number("num_key_value_heads", heads));
        number(gguf, "attention.key_length", size);
        number(gguf, "attention.value_length", size);
        number(gguf, "feed_forward_length", config.number("intermediate_size"));
        number(gguf, "context_length", config.number("max_position_embeddings"));
        real(
                gguf,
                "attention.layer_norm_rms_epsilon",
                config.real("rms_norm_eps").orElse(1e-6));
        for (var factor : FACTORS.entrySet()) {
            OptionalDouble value = config.real(factor.getKey());
            if (value.isPresent()) {
                real(gguf, factor.getValue(), value.getAsDouble());
            }
        }
        window(gguf);
        if (architecture.startsWith("gemma")) {
            real(
                    gguf,
                    "attention.scale",
                    1 / Math.sqrt(config.real("query_pre_attn_scalar").orElse(256)));
        }
        new RopeConfig(config, architecture, Math.toIntExact(size)).writeTo(gguf);
    }

    private void window(GgufWriter gguf) throws SafetensorsException {
        boolean used = !architecture.startsWith("qwen") || config.flag("use_sliding_window", false);
        if (architecture.equals("smollm3")
                || !used
                || config.node("sliding_window").isEmpty()) {
            return;
        }
        number(gguf, "attention.sliding_window", config.number("sliding_window"));
        if (architecture.equals("gemma3")) {
            number(gguf, "attention.sliding_window_pattern", config.number("sliding_window_pattern", pattern()));
        }
    }

    /** Of how many layers one sees everything, where the layers are listed. */
    private int pattern() {
        int full = 0;
        for (JsonNode layer : config.node("layer_types").orElse(config.root().path("layer_types"))) {
            full++;
            if (layer.asString("").equals("full_attention")) {
                return full;
            }
        }
        return 6;
    }

    private void refuseVariants() throws SafetensorsException {
        for (String key : Set.of("quantization_config", "num_local_experts", "num_experts", "vision_config")) {
            if (config.node(key).isPresent() && config.number(key, 0) != 0) {
                throw new SafetensorsException("config.json: " + key + " (expected: absent)");
            }
        }
        String activation = config.text("hidden_activation")
                .or(() -> config.text("hidden_act"))
                .orElse("silu");
        boolean fits = architecture.startsWith("gemma") ? GELU.contains(activation) : activation.equals("silu");
        if (!fits) {
            throw new SafetensorsException("config.json: hidden_act (expected: that of the family)");
        }
        if (config.number("no_rope_layer_interval", 4) != 4) {
            throw new SafetensorsException("config.json: no_rope_layer_interval (expected: 4)");
        }
    }

    private void number(GgufWriter gguf, String key, long value) {
        gguf.number(architecture + "." + key, value);
    }

    private void real(GgufWriter gguf, String key, double value) {
        gguf.real(architecture + "." + key, value);
    }
}
