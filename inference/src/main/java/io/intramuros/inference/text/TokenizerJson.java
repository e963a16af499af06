// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a vocabulary as a {@code tokenizer.json} of Hugging Face's tokenizers, without added tokens: no text that it
 * encodes can become a control token. The pre-tokenizers are those that llama.cpp's {@code llama-vocab.cpp} gives the
 * names in {@code tokenizer.ggml.pre}.
 */
final class TokenizerJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LLAMA3 = split("{1,3}");
    private static final String QWEN2 = split("");
    private static final Map<String, List<String>> SPLITS = Map.of(
            LLAMA3,
            List.of("llama-bpe", "llama3", "dbrx", "smaug-bpe"),
            QWEN2,
            List.of("qwen2", "stablelm2", "hunyuan"));
    private static final List<String> DIGITS =
            List.of("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone");
    private static final List<String> PLAIN = List.of("gpt-2", "olmo", "mpt", "jais", "exaone4");
    private static final List<String> IGNORE_MERGES = List.of("llama-bpe", "llama3");

    private TokenizerJson() {}

    /** The file's text; throws where the pre-tokenizer is not known, for a guess would give wrong ids. */
    static String of(Vocabulary vocabulary) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        root.putArray("added_tokens");
        root.putNull("normalizer");
        preTokenizer(root.putObject("pre_tokenizer"), vocabulary.pre());
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"), true);
        model(root.putObject("model"), vocabulary);
        return JSON.writeValueAsString(root);
    }

    private static void preTokenizer(ObjectNode node, String pre) {
        node.put("type", "Sequence");
        ArrayNode steps = node.putArray("pretokenizers");
        if (DIGITS.contains(pre)) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
            byteLevel(steps.addObject(), true);
        } else if (PLAIN.contains(pre)) {
            byteLevel(steps.addObject(), true);
        } else {
            ObjectNode split = steps.addObject().put("type", "Split");
            split.putObject("pattern").put("Regex", pattern(pre));
            split.put("behavior", "Isolated").put("invert", false);
            byteLevel(steps.addObject(), false);
        }
    }

    private static String pattern(String pre) {
        return SPLITS.entrySet().stream()
                .filter(known -> known.getValue().contains(pre))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "tokenizer.ggml.pre: " + pre + " (expected: one of " + DIGITS + PLAIN + SPLITS.values() + ")"));
    }

    private static void byteLevel(ObjectNode node, boolean regex) {
        node.put("type", "ByteLevel").put("add_prefix_space", false);
        node.put("trim_offsets", true).put("use_regex", regex);
    }

    private static void model(ObjectNode node, Vocabulary vocabulary) {
        node.put("type", "BPE").putNull("dropout").putNull("unk_token");
        node.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        node.put("fuse_unk", false).put("byte_fallback", false);
        node.put("ignore_merges", IGNORE_MERGES.contains(vocabulary.pre()));
        ObjectNode ids = node.putObject("vocab");
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            if (!vocabulary.isControl(id)) {
                ids.put(vocabulary.tokens().get(id), id);
            }
        }
        ArrayNode merges = node.putArray("merges");
        vocabulary.merges().forEach(merges::add);
    }

    private static String split(String digits) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}" + digits
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }
}
