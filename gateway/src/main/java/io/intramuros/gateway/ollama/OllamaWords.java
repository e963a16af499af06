// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.dialect.Slots;
import java.util.Map;
import java.util.Set;

/** The words of Ollama's API that no person wrote: each only in its own field. */
final class OllamaWords implements Slots.Protocol {
    static final OllamaWords INSTANCE = new OllamaWords();

    private static final Map<String, Set<String>> WORDS = Map.of(
            "role", Set.of("system", "user", "assistant", "tool"),
            "type", Set.of("function", "object", "string", "number", "integer", "boolean", "array", "null"),
            "format", Set.of("json", ""),
            "think", Set.of("low", "medium", "high", "max"));

    private OllamaWords() {}

    @Override
    public boolean isWord(String key, String value, String pointer) {
        if (pointer.equals("/model") || pointer.equals("/keep_alive")) return true;
        if (key.equals("id") || key.equals("tool_call_id")) return Slots.isCallId(value);
        if (key.equals("tool_name") || (key.equals("name") && pointer.endsWith("/function/name")))
            return Slots.isToolName(value);
        Set<String> words = WORDS.get(key);
        return words != null && words.contains(value);
    }

    /** Arguments are objects here. */
    @Override
    public boolean isJson(String key, String pointer) {
        return false;
    }
}
