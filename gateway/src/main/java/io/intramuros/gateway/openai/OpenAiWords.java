// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.Slots;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of the OpenAI API that no person wrote: each only in its own field. */
final class OpenAiWords implements Slots.Protocol {
    static final OpenAiWords INSTANCE = new OpenAiWords();

    private static final Map<String, Set<String>> WORDS = Map.of(
            "role", Set.of("system", "developer", "user", "assistant", "tool", "function"),
            "type",
                    Set.of(
                            "text",
                            "function",
                            "custom",
                            "json_object",
                            "json_schema",
                            "object",
                            "string",
                            "number",
                            "integer",
                            "boolean",
                            "array",
                            "null",
                            "refusal",
                            "auto",
                            "message",
                            "input_text",
                            "output_text",
                            "function_call",
                            "function_call_output",
                            "reasoning",
                            "reasoning_text",
                            "summary_text"),
            "tool_choice", Set.of("none", "auto", "required"),
            "reasoning_effort", Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max"),
            "effort", Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max"),
            "verbosity", Set.of("low", "medium", "high"),
            "service_tier", Set.of("auto", "default", "flex", "priority"),
            "encoding_format", Set.of("float", "base64"));

    private static final Pattern TOOL_NAME = Pattern.compile("/tools/\\d+/name|/input/\\d+/name|/tool_choice/name");

    private OpenAiWords() {}

    @Override
    public boolean isWord(String key, String value, String pointer) {
        if (pointer.equals("/model")) return true;
        if (key.equals("id") || key.equals("tool_call_id") || key.equals("call_id")) return Slots.isCallId(value);
        if (key.equals("name")
                && (pointer.endsWith("/function/name")
                        || TOOL_NAME.matcher(pointer).matches())) return Slots.isToolName(value);
        Set<String> words = WORDS.get(key);
        return words != null && words.contains(value);
    }

    @Override
    public boolean isJson(String key, String pointer) {
        return key.equals("arguments")
                && (pointer.contains("/function/")
                        || pointer.contains("/function_call/")
                        || pointer.startsWith("/input/"));
    }
}
