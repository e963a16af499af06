// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.answer;

import io.intramuros.inference.grammar.CallForm;
import java.util.Optional;

/** How a family writes calls of tools. */
public enum CallFormat {
    /** {@code <tool_call>{"name": …, "arguments": …}</tool_call>}: Hermes, Qwen 2.5 and 3, SmolLM3. */
    TAGGED("<tool_call>", "</tool_call>"),
    /** {@code <tool_call><function=f><parameter=p>value</parameter></function></tool_call>}: Qwen3-Coder. */
    PARAMETERS("<tool_call>", "</tool_call>"),
    /** {@code [TOOL_CALLS] [{"name": …, "arguments": …}]}, or {@code [TOOL_CALLS]f[ARGS]{…}}: Mistral. */
    MISTRAL("[TOOL_CALLS]", ""),
    /** {@code <|tool_call|>[{"name": …, "arguments": …}]<|/tool_call|>}: Phi 4, Granite 3. */
    BRACKETED("<|tool_call|>", "<|/tool_call|>"),
    /** {@code {"name": …, "parameters": …}} as the whole answer, maybe after {@code <|python_tag|>}: Llama 3. */
    BARE("<|python_tag|>", "");

    private final String open;
    private final String close;

    CallFormat(String open, String close) {
        this.open = open;
        this.close = close;
    }

    /** The format that a chat template teaches; empty where it knows no tools. */
    public static Optional<CallFormat> of(String template) {
        if (template.contains("<arg_key>")) {
            return Optional.empty(); // GLM 4.5's, which shares a mark with others and nothing else
        }
        if (template.contains(TAGGED.open)) {
            return Optional.of(template.contains("<parameter=") ? PARAMETERS : TAGGED);
        }
        if (template.contains(MISTRAL.open)) {
            return Optional.of(MISTRAL);
        }
        if (template.contains(BRACKETED.open)) {
            return Optional.of(BRACKETED);
        }
        return template.contains(BARE.open) || template.contains("\"parameters\": dictionary")
                ? Optional.of(BARE)
                : Optional.empty();
    }

    /** The same as a grammar can hold to; Mistral's newer templates write names apart. */
    public CallForm form(String template) {
        return switch (this) {
            case TAGGED -> form(CallForm.Layout.OBJECT, "arguments");
            case PARAMETERS -> form(CallForm.Layout.PARAMETERS, "arguments");
            case MISTRAL ->
                form(template.contains("[ARGS]") ? CallForm.Layout.NAMED : CallForm.Layout.LIST, "arguments");
            case BRACKETED -> form(CallForm.Layout.LIST, "arguments");
            case BARE -> form(CallForm.Layout.BARE, "parameters");
        };
    }

    private CallForm form(CallForm.Layout layout, String key) {
        return new CallForm(open, close, layout, key);
    }

    /** The mark before a call. */
    String open() {
        return open;
    }

    /** The mark behind a call; empty where only the end of the answer ends it. */
    String close() {
        return close;
    }
}
