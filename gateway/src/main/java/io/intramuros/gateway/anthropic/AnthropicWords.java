// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.dialect.Slots;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of the Messages API that no person wrote: each only in its own field. */
final class AnthropicWords implements Slots.Protocol {
    static final AnthropicWords INSTANCE = new AnthropicWords();

    private static final Map<String, Set<String>> WORDS = Map.of(
            "role", Set.of("user", "assistant"),
            "type",
                    Set.of(
                            "text",
                            "tool_use",
                            "tool_result",
                            "thinking",
                            "custom",
                            "ephemeral",
                            "auto",
                            "any",
                            "tool",
                            "none",
                            "enabled",
                            "disabled",
                            "adaptive",
                            "json_schema",
                            "object",
                            "string",
                            "number",
                            "integer",
                            "boolean",
                            "array",
                            "null"),
            "effort", Set.of("low", "medium", "high", "xhigh", "max"),
            "ttl", Set.of("5m", "1h"),
            "service_tier", Set.of("auto", "standard_only"));

    private static final Pattern TOOL_NAME =
            Pattern.compile("/tools/\\d+/name|/messages/\\d+/content/\\d+/name|/tool_choice/name");

    private AnthropicWords() {}

    @Override
    public boolean isWord(String key, String value, String pointer) {
        if (pointer.equals("/model")) return true;
        if (key.equals("id") || key.equals("tool_use_id")) return Slots.isCallId(value);
        if (key.equals("name") && TOOL_NAME.matcher(pointer).matches()) return Slots.isToolName(value);
        Set<String> words = WORDS.get(key);
        return words != null && words.contains(value);
    }

    /** Arguments are objects here. */
    @Override
    public boolean isJson(String key, String pointer) {
        return false;
    }
}
