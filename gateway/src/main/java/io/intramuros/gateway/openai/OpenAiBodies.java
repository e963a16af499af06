// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.chat.Completion;
import io.intramuros.gateway.chat.Embedding;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.dialect.Turns;
import io.intramuros.gateway.exchange.InexpressibleException;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is no chat as a node of the OpenAI API takes it. */
final class OpenAiBodies {
    private OpenAiBodies() {}

    /**
     * A text to go on with.
     *
     * @param cap the most tokens of the answer
     */
    static ObjectNode text(Completion completion, long cap) throws InexpressibleException {
        ObjectNode body = StrictJson.object().put("model", "").put("prompt", completion.prompt());
        completion.suffix().ifPresent(suffix -> body.put("suffix", suffix));
        OpenAiOptions.write(completion.options(), body);
        OpenAiForward.capped(body, cap, completion.stream());
        return body;
    }

    /** Texts to embed; the vectors are asked for as numbers, which every server can. */
    static ObjectNode embedding(Embedding embedding) {
        ObjectNode body = Turns.inputs(embedding);
        return body.put("encoding_format", "float");
    }
}
