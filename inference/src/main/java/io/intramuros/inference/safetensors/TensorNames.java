// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hugging Face's names of tensors in GGUF's words. */
final class TensorNames {
    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d{1,4})\\.(.+)\\.(weight|bias)");
    private static final Map<String, String> WHOLE = Map.of(
            "model.embed_tokens.weight", "token_embd.weight",
            "model.norm.weight", "output_norm.weight",
            "lm_head.weight", "output.weight");
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("input_layernorm", "attn_norm"),
            Map.entry("self_attn.q_proj", "attn_q"),
            Map.entry("self_attn.k_proj", "attn_k"),
            Map.entry("self_attn.v_proj", "attn_v"),
            Map.entry("self_attn.qkv_proj", "attn_qkv"),
            Map.entry("self_attn.o_proj", "attn_output"),
            Map.entry("self_attn.q_norm", "attn_q_norm"),
            Map.entry("self_attn.k_norm", "attn_k_norm"),
            Map.entry("mlp.gate_proj", "ffn_gate"),
            Map.entry("mlp.up_proj", "ffn_up"),
            Map.entry("mlp.gate_up_proj", "ffn_up"),
            Map.entry("mlp.down_proj", "ffn_down"),
            Map.entry("pre_feedforward_layernorm", "ffn_norm"),
            Map.entry("post_feedforward_layernorm", "post_ffw_norm"));

    private TensorNames() {}

    /**
     * The name in a GGUF file; empty for what is computed anew. One that nobody knows stays, so that the builder
     * refuses it by name.
     */
    static Optional<String> of(String name, String architecture) {
        if (name.endsWith(".rotary_emb.inv_freq")) {
            return Optional.empty();
        }
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return Optional.of(WHOLE.getOrDefault(name, name));
        }
        String part = layer.group(2);
        boolean behind = architecture.startsWith("gemma") || architecture.equals("olmo2");
        String known = part.equals("post_attention_layernorm")
                ? (behind ? "post_attention_norm" : "ffn_norm")
                : PARTS.getOrDefault(part, part);
        return Optional.of("blk." + layer.group(1) + "." + known + "." + layer.group(3));
    }
}
