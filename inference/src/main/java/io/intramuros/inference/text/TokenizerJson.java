// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a vocabulary as a {@code tokenizer.json} of Hugging Face's tokenizers, without control tokens: no text that it
 * encodes can become one. The pre-tokenizers are those that llama.cpp's {@code llama-vocab.cpp} gives the
 * names in {@code tokenizer.ggml.pre}.
 */
final class TokenizerJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LLAMA3 = split("{1,3}");
    private static final String QWEN2 = split("");
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String TEKKEN = cased("", "\\p{N}");
    private static final String GPT_4O = cased("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", "\\p{N}{1,3}");
    private static final Map<String, List<String>> SPLITS = Map.of(
            LLAMA3,
            List.of("llama-bpe", "llama3", "llama-v3", "dbrx", "smaug-bpe"),
            QWEN2,
            List.of("qwen2", "stablelm2", "hunyuan", "megrez"),
            TEKKEN,
            List.of("tekken"),
            GPT_4O,
            List.of("gpt-4o"));
    private static final List<String> DIGITS =
            List.of("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone");
    private static final List<String> PLAIN = List.of("gpt-2", "olmo", "mpt", "jais", "exaone4", "phi-2");
    private static final List<String> IGNORE_MERGES = List.of("llama-bpe", "llama3", "llama-v3", "tekken");

    private TokenizerJson() {}

    /** The file's text; throws where the pre-tokenizer is not known, for a guess would give wrong ids. */
    static String of(Vocabulary vocabulary) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        addedTokens(root.putArray("added_tokens"), vocabulary);
        if (vocabulary.pre().startsWith("{")) {
            own(root, JSON.readTree(vocabulary.pre()));
        } else {
            root.putNull("normalizer");
            preTokenizer(root.putObject("pre_tokenizer"), vocabulary.pre());
        }
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"), true);
        model(root.putObject("model"), vocabulary);
        return JSON.writeValueAsString(root);
    }

    /** The rules of a model that came with a {@code tokenizer.json} of its own. */
    private static void own(ObjectNode root, JsonNode rules) {
        for (String rule : List.of("normalizer", "pre_tokenizer")) {
            JsonNode node = rules.path(rule);
            root.set(rule, node.isObject() ? node : root.nullNode());
        }
    }

    /** Those that stand for their text wherever it is; the template's marks are not among them. */
    private static void addedTokens(ArrayNode array, Vocabulary vocabulary) {
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            if (vocabulary.isUserDefined(id)
                    && !vocabulary.isMark(id)
                    && !vocabulary.tokens().get(id).isEmpty()) {
                ObjectNode token = array.addObject();
                token.put("id", id).put("content", vocabulary.tokens().get(id));
                token.put("single_word", false).put("lstrip", false).put("rstrip", false);
                token.put("normalized", false).put("special", false);
            }
        }
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

    private static boolean ignoresMerges(String pre) {
        return pre.startsWith("{")
                ? JSON.readTree(pre).path("ignore_merges").asBoolean(false)
                : IGNORE_MERGES.contains(pre);
    }

    private static void byteLevel(ObjectNode node, boolean regex) {
        node.put("type", "ByteLevel").put("add_prefix_space", false);
        node.put("trim_offsets", true).put("use_regex", regex);
    }

    private static void model(ObjectNode node, Vocabulary vocabulary) {
        node.put("type", "BPE").putNull("dropout").putNull("unk_token");
        node.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        node.put("fuse_unk", false).put("byte_fallback", false);
        node.put("ignore_merges", ignoresMerges(vocabulary.pre()));
        ObjectNode ids = node.putObject("vocab");
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            if (!vocabulary.isControl(id)) {
                ids.put(vocabulary.tokens().get(id), id);
            }
        }
        ArrayNode merges = node.putArray("merges");
        vocabulary.merges().forEach(merges::add);
    }

    /** Words whose capitals come first, as the newer vocabularies cut them. */
    private static String cased(String contraction, String digits) {
        String before = "[^\\r\\n\\p{L}\\p{N}]?";
        return before + UPPER + "*" + LOWER + "+" + contraction + "|" + before + UPPER + "+" + LOWER + "*" + contraction
                + "|" + digits + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    private static String split(String digits) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}" + digits
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }
}
