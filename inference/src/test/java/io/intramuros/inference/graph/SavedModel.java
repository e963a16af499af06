// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a tiny model as {@code save_pretrained} does: its names, its order of rows, Gemma's norms less one. */
final class SavedModel {
    private static final List<String> PERMUTED = List.of("llama", "granite", "smollm3");

    private final TinyModel model;
    private final String family;

    private SavedModel(TinyModel model) {
        this.model = model;
        this.family = model.family;
    }

    /** The folder, in two shards. */
    static Path of(TinyModel model, Path folder) throws IOException {
        var saved = new SavedModel(model);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), saved.config());
        Files.writeString(folder.resolve("README.md"), "---\nlicense: apache-2.0\n---\n# A model\n");
        Files.writeString(folder.resolve("tokenizer.json"), saved.tokenizer());
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\"}, \"add_bos_token\": true,"
                        + " \"chat_template\": [{\"name\": \"default\", \"template\":"
                        + " \"{{ messages[0].content }}{{ eos_token }}\"}]}");
        List<String> names = new ArrayList<>(model.names());
        int half = names.size() / 2;
        saved.write(names.subList(0, half), folder.resolve("model-00001-of-00002.safetensors"));
        saved.write(names.subList(half, names.size()), folder.resolve("model-00002-of-00002.safetensors"));
        return folder;
    }

    private void write(List<String> names, Path file) throws IOException {
        var header = new StringBuilder("{");
        var data = new ByteArrayOutputStream();
        for (String name : names) {
            double[] values = values(name);
            String shape = Arrays.toString(model.shape(name));
            int begin = data.size();
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (double value : values) {
                bytes.putFloat((float) value);
            }
            data.writeBytes(bytes.array());
            header.append(header.length() == 1 ? "" : ",");
            header.append("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(theirs(name), shape, begin, data.size()));
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                file, all.putLong(text.length).put(text).put(data.toByteArray()).array());
    }

    private double[] values(String name) {
        double[] values = model.weights(name).clone();
        if (family.startsWith("gemma") && name.contains("norm")) {
            return Arrays.stream(values).map(v -> v - 1).toArray();
        }
        boolean rows = name.contains("attn_q.") || name.contains("attn_k.");
        return PERMUTED.contains(family) && rows ? halves(values, values.length / model.shape(name)[0]) : values;
    }

    /** Rows in neighbours become rows in halves, head by head. */
    private double[] halves(double[] values, int columns) {
        double[] out = new double[values.length];
        int size = model.headSize;
        for (int row = 0; row < values.length / columns; row++) {
            int inHead = row % size;
            int to = row - inHead + inHead / 2 + (inHead % 2) * size / 2;
            System.arraycopy(values, row * columns, out, to * columns, columns);
        }
        return out;
    }

    private String theirs(String name) {
        String behind = family.startsWith("gemma") || family.equals("olmo2") ? "pre_feedforward" : "post_attention";
        return name.replace("token_embd", "model.embed_tokens")
                .replace("output_norm", "model.norm")
                .replaceFirst("^output\\.", "lm_head.")
                .replace("blk.", "model.layers.")
                .replace("post_attention_norm", "post_attention_layernorm")
                .replace("post_ffw_norm", "post_feedforward_layernorm")
                .replace("ffn_norm", behind + "_layernorm")
                .replace("attn_norm", "input_layernorm")
                .replace("attn_q_norm", "self_attn.q_norm")
                .replace("attn_k_norm", "self_attn.k_norm")
                .replace("attn_qkv", "self_attn.qkv_proj")
                .replace("attn_q.", "self_attn.q_proj.")
                .replace("attn_k.", "self_attn.k_proj.")
                .replace("attn_v.", "self_attn.v_proj.")
                .replace("attn_output", "self_attn.o_proj")
                .replace("ffn_gate", "mlp.gate_proj")
                .replace("ffn_up", family.equals("phi3") ? "mlp.gate_up_proj" : "mlp.up_proj")
                .replace("ffn_down", "mlp.down_proj");
    }

    private String config() {
        String more = switch (family) {
            case "granite" ->
                ", \"embedding_multiplier\": 3.0, \"residual_multiplier\": 0.5, \"attention_multiplier\": 0.2,"
                        + " \"logits_scaling\": 4.0";
            case "gemma2" ->
                ", \"sliding_window\": 6, \"attn_logit_softcapping\": 2.0, \"final_logit_softcapping\": 3.0,"
                        + " \"query_pre_attn_scalar\": 32";
            case "gemma3" ->
                ", \"sliding_window\": 6, \"layer_types\": [\"sliding_attention\", \"sliding_attention\","
                        + " \"full_attention\", \"sliding_attention\"], \"rope_local_base_freq\": 500.0,"
                        + " \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 8.0}, \"query_pre_attn_scalar\": 32";
            case "phi3" -> ", \"sliding_window\": 7";
            default -> "";
        };
        boolean tied = family.startsWith("gemma") || family.equals("smollm3");
        return """
                {"model_type": "%s", "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                 "num_key_value_heads": %d, "head_dim": %d, "intermediate_size": %d, "vocab_size": %d,
                 "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "%s",
                 "tie_word_embeddings": %s%s}
                """.formatted(
                        family.equals("gemma3") ? "gemma3_text" : family,
                        model.hidden,
                        TinyModel.LAYERS,
                        TinyModel.HEADS,
                        TinyModel.KV_HEADS,
                        model.headSize,
                        model.feedForward,
                        TinyModel.VOCABULARY,
                        family.startsWith("gemma") ? "gelu_pytorch_tanh" : "silu",
                        tied,
                        more);
    }

    private String tokenizer() {
        return """
                {"added_tokens": [{"id": 0, "content": "<s>", "special": true},
                                  {"id": 1, "content": "</s>", "special": true}],
                 "normalizer": null,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
                                   "use_regex": true},
                 "model": {"type": "BPE", "vocab": {"a": 2, "b": 3, "<": 4, ">": 5, "s": 6, "/": 7, "ab": 10},
                           "merges": [["a", "b"]]}}
                """;
    }
}
