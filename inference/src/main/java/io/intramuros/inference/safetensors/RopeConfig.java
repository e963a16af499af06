// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How positions are rotated, from {@code config.json} to GGUF's keys and tensors of factors. */
final class RopeConfig {
    private final ConfigFile config;
    private final String architecture;
    private final int headSize;
    private final ConfigFile scaling;

    RopeConfig(ConfigFile config, String architecture, int headSize) {
        this.config = config;
        this.architecture = architecture;
        this.headSize = headSize;
        this.scaling = new ConfigFile(
                "config.json",
                config.node("rope_parameters")
                        .or(() -> config.node("rope_scaling"))
                        .filter(JsonNode::isObject)
                        .orElseGet(() -> tools.jackson.databind.node.JsonNodeFactory.instance.objectNode()));
    }

    void writeTo(GgufWriter gguf) throws SafetensorsException {
        double base =
                scaling.real("rope_theta").orElse(config.real("rope_theta").orElse(10_000));
        double part = scaling.real("partial_rotary_factor")
                .orElse(config.real("partial_rotary_factor").orElse(1));
        int rotated = (int) (headSize * part);
        gguf.real(architecture + ".rope.freq_base", base);
        gguf.number(architecture + ".rope.dimension_count", rotated);
        if (config.real("rope_local_base_freq").isPresent()) {
            gguf.real(
                    architecture + ".rope.freq_base_swa",
                    config.real("rope_local_base_freq").getAsDouble());
        }
        String type = scaling.text("rope_type").or(() -> scaling.text("type")).orElse("default");
        switch (type) {
            case "default" -> {
                // Positions as they are.
            }
            case "linear" ->
                gguf.text(architecture + ".rope.scaling.type", "linear")
                        .real(architecture + ".rope.scaling.factor", required("factor"));
            case "llama3" -> factors(gguf, "rope_freqs.weight", llama3(base, rotated));
            case "longrope", "su" -> longRope(gguf, rotated / 2);
            default ->
                throw new SafetensorsException("config.json: rope_scaling type (expected: linear, llama3 or longrope)");
        }
    }

    /** Llama 3.1's rule: slow rotations are slowed by the factor, fast ones are left, those between in between. */
    private float[] llama3(double base, int rotated) throws SafetensorsException {
        double factor = required("factor");
        double low = required("low_freq_factor");
        double high = required("high_freq_factor");
        double context = required("original_max_position_embeddings");
        float[] divisors = new float[rotated / 2];
        for (int i = 0; i < divisors.length; i++) {
            double length = 2 * Math.PI * Math.pow(base, 2.0 * i / rotated);
            double smooth = Math.clamp((context / length - low) / (high - low), 0, 1);
            divisors[i] = (float) (1 / ((1 - smooth) / factor + smooth));
        }
        return divisors;
    }

    private void longRope(GgufWriter gguf, int pairs) throws SafetensorsException {
        long original = config.number("original_max_position_embeddings", config.number("max_position_embeddings"));
        double stretch = (double) config.number("max_position_embeddings") / Math.max(1, original);
        double magnitude =
                stretch <= 1 ? 1 : Math.sqrt(1 + Math.log(stretch) / Math.log((double) Math.max(2, original)));
        gguf.text(architecture + ".rope.scaling.type", "longrope")
                .number(architecture + ".rope.scaling.original_context_length", original)
                .real(
                        architecture + ".rope.scaling.attn_factor",
                        scaling.real("attention_factor").orElse(magnitude));
        factors(gguf, "rope_factors_short.weight", list("short_factor", pairs));
        factors(gguf, "rope_factors_long.weight", list("long_factor", pairs));
    }

    private float[] list(String key, int pairs) throws SafetensorsException {
        Optional<JsonNode> node = scaling.node(key).filter(JsonNode::isArray);
        if (node.isEmpty() || node.get().size() != pairs) {
            throw new SafetensorsException("config.json: " + key + " (expected: " + pairs + " numbers)");
        }
        float[] values = new float[pairs];
        for (int i = 0; i < pairs; i++) {
            values[i] = (float) node.get().get(i).asDouble(1);
        }
        return values;
    }

    private double required(String key) throws SafetensorsException {
        return scaling.real(key)
                .orElseThrow(() -> new SafetensorsException("config.json: " + key + " (expected: in rope_scaling)"));
    }

    private static void factors(GgufWriter gguf, String name, float[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        MemorySegment segment = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(bytes.length));
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        gguf.tensor(name, GgmlType.F32, List.of((long) values.length), segment);
    }
}
