// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.StrictJson;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The shapes in which servers refuse: {@code error} as an object or a text, or its members at the top. A text may hold the
 * request's, so it is only compared, and never passed on.
 */
public final class NodeErrors {
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}");

    /** vLLM and SGLang; llama.cpp's server and Ollama; TGI; LM Studio. */
    private static final Pattern TOO_LONG = Pattern.compile(
            "maximum context length|longer than the model's context|exceeds? the available context|exceeds? the context"
                    + "|inputs. tokens \\+ .max_new_tokens. must be|inputs. must have less than|context length of only"
                    + "|context the overflows|reached context length",
            Pattern.CASE_INSENSITIVE);

    private NodeErrors() {}

    /** Whether an object of a stream says that the stream failed. */
    static boolean isError(JsonNode object) {
        JsonNode error = object.path("error");
        return (!error.isMissingNode() && !error.isNull())
                || object.path("object").asString("").equals("error");
    }

    /** Whether a refusal is one of a prompt that is too long. */
    public static boolean isTooLong(byte[] refusal) {
        return StrictJson.fromNode(refusal)
                .filter(tree -> code(tree).filter(NodeErrors::saysLength).isPresent()
                        || TOO_LONG.matcher(message(tree)).find())
                .isPresent();
    }

    /** The word for what is wrong, where there is one of a harmless form. */
    public static Optional<String> code(byte[] refusal) {
        return StrictJson.fromNode(refusal).flatMap(NodeErrors::code);
    }

    private static boolean saysLength(String code) {
        return code.equals("context_length_exceeded") || code.equals("exceed_context_size_error");
    }

    private static Optional<String> code(JsonNode tree) {
        JsonNode error = tree.path("error");
        return Optional.of(error.path("code"))
                .filter(JsonNode::isString)
                .or(() -> Optional.of(error.path("type")))
                .filter(JsonNode::isString)
                .or(() -> Optional.of(tree.path("error_type")))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(code -> CODE.matcher(code).matches());
    }

    private static String message(JsonNode tree) {
        JsonNode error = tree.path("error");
        if (error.isString()) return error.stringValue();
        return error.path("message").asString(tree.path("message").asString(""));
    }
}
