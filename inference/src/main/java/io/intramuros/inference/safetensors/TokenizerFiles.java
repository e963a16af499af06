// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import io.intramuros.inference.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code tokenizer.json}, {@code tokenizer_config.json} and the chat template in GGUF's keys. */
final class TokenizerFiles {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;
    private static final int BYTE = 6;
    /* Below every rank that a merge can have. */
    private static final float NEVER = -1e9f;

    private final Path folder;
    private final JsonNode root;
    private final Optional<ConfigFile> config;
    private final Optional<ConfigFile> generation;

    TokenizerFiles(Path folder) throws IOException {
        this.folder = folder;
        this.root = ConfigFile.required(folder, "tokenizer.json").root();
        this.config = ConfigFile.find(folder, "tokenizer_config.json");
        this.generation = ConfigFile.find(folder, "generation_config.json");
    }

    /**
     * Writes all of it.
     *
     * @param size rows of the embedding: ids that the tokenizer does not have become unused ones
     */
    void writeTo(GgufWriter gguf, int size) throws IOException {
        JsonNode model = root.path("model");
        if (!model.path("type").asString("BPE").equals("BPE")
                || !model.path("vocab").isObject()) {
            throw new SafetensorsException("tokenizer.json: model (expected: BPE with a vocabulary)");
        }
        List<String> tokens = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            tokens.add("[unused " + id + "]");
            types.add(UNUSED);
        }
        boolean pieces = model.path("byte_fallback").asBoolean(false);
        for (var entry : model.path("vocab").properties()) {
            boolean isByte = pieces && entry.getKey().matches("<0x[0-9A-F]{2}>");
            set(tokens, types, entry.getValue().asInt(-1), entry.getKey(), isByte ? BYTE : NORMAL);
        }
        for (JsonNode added : root.path("added_tokens")) {
            String text = added.path("content").asString("");
            int type = added.path("special").asBoolean(false) ? CONTROL : USER_DEFINED;
            set(tokens, types, added.path("id").asInt(-1), pieces ? text.replace(' ', '\u2581') : text, type);
        }
        int unknown = tokens.indexOf(model.path("unk_token").asString(""));
        if (pieces && unknown >= 0) {
            types.set(unknown, UNKNOWN);
        }
        gguf.texts(PREFIX + "tokens", tokens).numbers(PREFIX + "token_type", types);
        if (pieces) {
            pieces(gguf, tokens);
        } else {
            byteLevel(gguf);
        }
        ends(gguf, tokens);
        Optional<String> template = template();
        if (template.isPresent()) {
            gguf.text("tokenizer.chat_template", template.get());
        }
    }

    private static void set(List<String> tokens, List<Integer> types, int id, String text, int type)
            throws SafetensorsException {
        if (id < 0 || id >= tokens.size()) {
            throw new SafetensorsException(
                    "tokenizer.json: id " + id + " (expected: below " + tokens.size() + ", the rows of the embedding)");
        }
        tokens.set(id, text);
        types.set(id, type);
    }

    private void byteLevel(GgufWriter gguf) {
        ObjectNode pre = JsonMapper.shared().createObjectNode();
        pre.set("normalizer", root.path("normalizer").deepCopy());
        pre.set("pre_tokenizer", root.path("pre_tokenizer").deepCopy());
        pre.put("ignore_merges", root.path("model").path("ignore_merges").asBoolean(false));
        gguf.text(PREFIX + "model", "gpt2").text(PREFIX + "pre", pre.toString()).texts(PREFIX + "merges", merges());
    }

    /** SentencePiece's scores are gone here; the ranks of the merges order the same pieces. */
    private void pieces(GgufWriter gguf, List<String> tokens) {
        Map<String, Integer> ranks = new HashMap<>();
        List<String> merges = merges();
        for (int rank = 0; rank < merges.size(); rank++) {
            ranks.putIfAbsent(merges.get(rank).replace(" ", ""), rank);
        }
        List<Float> scores = new ArrayList<>(Collections.nCopies(tokens.size(), NEVER));
        for (int id = 0; id < tokens.size(); id++) {
            Integer rank = ranks.get(tokens.get(id));
            scores.set(id, rank == null ? NEVER : -(float) rank);
        }
        String rules = root.path("normalizer").toString() + root.path("pre_tokenizer");
        boolean prefix = rules.contains("Prepend") || rules.contains("\"prepend_scheme\":\"first\"");
        gguf.text(PREFIX + "model", "llama")
                .text(PREFIX + "pre", "default")
                .reals(PREFIX + "scores", scores)
                .flag(PREFIX + "add_space_prefix", prefix);
    }

    private List<String> merges() {
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : root.path("model").path("merges")) {
            merges.add(
                    merge.isArray()
                            ? merge.path(0).asString("") + " " + merge.path(1).asString("")
                            : merge.asString(""));
        }
        return merges;
    }

    private void ends(GgufWriter gguf, List<String> tokens) {
        OptionalInt bos = id(tokens, "bos_token");
        bos.ifPresent(id -> gguf.number(PREFIX + "bos_token_id", id));
        JsonNode ends = generation.flatMap(file -> file.node("eos_token_id")).orElse(root.path("none"));
        List<Integer> ids = new ArrayList<>();
        id(tokens, "eos_token").ifPresent(ids::add);
        if (ends.isIntegralNumber()) {
            ids.add(ends.asInt(0));
        }
        ends.forEach(end -> ids.add(end.asInt(0)));
        List<String> keys = List.of("eos_token_id", "eot_token_id", "eom_token_id");
        List<Integer> apart = ids.stream().distinct().toList();
        for (int i = 0; i < Math.min(keys.size(), apart.size()); i++) {
            gguf.number(PREFIX + keys.get(i), apart.get(i));
        }
        boolean opens = config.flatMap(file -> file.node("add_bos_token"))
                .map(node -> node.asBoolean(false))
                .orElseGet(() -> bos.isPresent() && processed(tokens.get(bos.getAsInt())));
        gguf.flag(PREFIX + "add_bos_token", opens && bos.isPresent());
    }

    /** Whether the post-processor puts this token before a text. */
    private boolean processed(String token) {
        for (JsonNode step : root.path("post_processor").findValues("single")) {
            return step.path(0).path("SpecialToken").path("id").asString("").equals(token);
        }
        return false;
    }

    private OptionalInt id(List<String> tokens, String key) {
        Optional<JsonNode> named = config.flatMap(file -> file.node(key));
        String text = named.map(node -> node.isObject() ? node.path("content").asString("") : node.asString(""))
                .orElse("");
        int id = text.isEmpty() ? -1 : tokens.indexOf(text);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private Optional<String> template() throws IOException {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(file)) {
            return Optional.of(Files.readString(file));
        }
        Optional<JsonNode> node = config.flatMap(from -> from.node("chat_template"));
        if (node.isPresent() && node.get().isArray()) {
            for (JsonNode named : node.get()) {
                if (named.path("name").asString("").equals("default")) {
                    return Optional.of(named.path("template").asString(""));
                }
            }
        }
        return node.filter(JsonNode::isString).map(JsonNode::stringValue);
    }
}
