// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MisplacedTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | {"input":"x"}                                        | /v1/responses or /v1/embeddings
            /v1/chat/completions | {"prompt":"x"}                                       | /v1/completions
            /v1/chat/completions | {"messages":[],"stop_sequences":["a"]}               | /v1/messages
            /v1/chat/completions | {"messages":[],"tools":[{"name":"f","input_schema":{}}]} | /v1/messages
            /v1/chat/completions | {"messages":[{"content":[{"type":"tool_result"}]}]}  | /v1/messages
            /v1/chat/completions | {"messages":[{"role":"king","content":"x"}]}         | ``
            /v1/completions      | {"messages":[]}                                      | /v1/chat/completions
            /v1/completions      | {"input":"x"}                                        | /v1/responses or /v1/embeddings
            /v1/completions      | {"prompt":7}                                         | ``
            /v1/responses        | {"messages":[]}                                      | /v1/chat/completions or /v1/messages
            /v1/responses        | {"prompt":"x"}                                       | /v1/completions
            /v1/messages         | {"messages":[],"max_completion_tokens":9}            | /v1/chat/completions
            /v1/messages         | {"messages":[{"role":"developer","content":"x"}]}    | /v1/chat/completions
            /v1/messages         | {"messages":[],"tools":[{"type":"function","function":{}}]} | /v1/chat/completions
            /v1/messages         | {"messages":[{"role":"user","content":7}]}           | ``
            /api/chat            | {"prompt":"x"}                                       | /api/generate
            /api/chat            | {"messages":[],"response_format":{}}                 | /v1/chat/completions
            /api/generate        | {"messages":[]}                                      | /api/chat
            /api/generate        | {"input":"x"}                                        | /api/embed
            /v1/embeddings       | {"messages":[]}                                      | /v1/chat/completions
            /v1/embeddings       | {"prompt":"x"}                                       | /v1/completions
            /v1/rerank           | {"messages":[]}                                      | ``
            """)
    void hint_byPathAndBody_namesWhereItBelongs(String path, String body, String where) {
        String hint = Misplaced.hint(path, (ObjectNode) JSON.readTree(body)).orElse("");

        if (where.isEmpty()) assertThat(hint).isEmpty();
        else assertThat(hint).startsWith("A body with such a \"").endsWith("\" belongs to " + where + ".");
    }
}
