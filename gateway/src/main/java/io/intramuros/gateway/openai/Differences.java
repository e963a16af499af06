// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.policies.Node;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the servers of the OpenAI API differ in what they take. {@code docs/nodes.md} is written from it.
 *
 * @param owners fields by which a caller would reach what is the node's owner's: the cap of an answer by another name, a
 *     place in the queue, a slot, what others have in the cache, how long a model stays loaded
 * @param salted whether it keeps what it remembers of prompts apart by {@code cache_salt}
 * @param newCap whether every version of it knows {@code max_completion_tokens}
 * @param wholeTopP whether it takes a {@code top_p} of 1, which asks for nothing
 * @param anyObject whether it takes {@code json_object}; the others get the schema that means the same
 */
record Differences(Set<String> owners, boolean salted, boolean newCap, boolean wholeTopP, boolean anyObject) {
    private static final Differences VLLM = new Differences(
            Set.of("cache_salt", "priority", "kv_transfer_params", "vllm_xargs"), true, true, true, true);
    private static final Differences LLAMACPP = new Differences(
            Set.of("n_predict", "id_slot", "cache_prompt", "n_keep", "n_discard", "n_cache_reuse"),
            false,
            false,
            true,
            true);
    private static final Differences TGI = new Differences(Set.of(), false, false, false, true);
    private static final Differences SGLANG = new Differences(
            Set.of("priority", "rid", "bootstrap_host", "bootstrap_port", "bootstrap_room", "extra_key", "cache_salt"),
            false,
            true,
            true,
            true);
    private static final Differences LMSTUDIO =
            new Differences(Set.of("ttl", "draft_model"), false, false, true, false);
    private static final Differences OTHER = new Differences(everyOwners(), false, true, true, true);

    Differences {
        owners = Set.copyOf(owners);
    }

    /** Those of a server. */
    static Differences of(Node.Engine engine) {
        return switch (engine) {
            case OTHER -> OTHER;
            case VLLM -> VLLM;
            case LLAMACPP -> LLAMACPP;
            case TGI -> TGI;
            case SGLANG -> SGLANG;
            case LMSTUDIO -> LMSTUDIO;
        };
    }

    private static Set<String> everyOwners() {
        return Arrays.stream(new Differences[] {VLLM, LLAMACPP, TGI, SGLANG, LMSTUDIO})
                .flatMap(each -> each.owners.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Makes a body one that the server takes, in place.
     *
     * @param salt of the caller's team
     */
    ObjectNode fit(ObjectNode body, String salt) {
        owners.forEach(body::remove);
        if (salted) body.put("cache_salt", salt);
        if (!newCap) body.remove("max_completion_tokens");
        JsonNode topP = body.path("top_p");
        if (!wholeTopP && topP.isNumber() && topP.doubleValue() >= 1) body.remove("top_p");
        if (!anyObject && body.path("response_format").path("type").asString("").equals("json_object")) schema(body);
        return body;
    }

    private static void schema(ObjectNode body) {
        ObjectNode format = body.putObject("response_format").put("type", "json_schema");
        ObjectNode named = format.putObject("json_schema").put("name", "object");
        named.putObject("schema").put("type", "object");
    }
}
