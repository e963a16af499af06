// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.gguf.GgufTensor;
import io.intramuros.inference.template.TemplateException;
import io.intramuros.inference.text.ChatTemplate;
import io.intramuros.inference.text.GgufVocabulary;
import io.intramuros.inference.text.TextTokenizer;
import io.intramuros.inference.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether a model's text can be read and written here. Asked before a model is installed: a node that starts with a
 * model of a tokenizer that it does not know would not start at all.
 */
final class TextCheck {
    private TextCheck() {}

    /**
     * Builds the tokenizer and reads the chat template.
     *
     * @throws GgufException where one of them is of a kind that we do not know
     */
    static void require(Path gguf) throws IOException {
        try (GgufFile file = GgufFile.open(gguf)) {
            Vocabulary vocabulary = GgufVocabulary.read(file.metadata());
            long rows = file.tensor("token_embd.weight").map(GgufTensor::rows).orElse(0L);
            if (vocabulary.tokens().size() != rows) {
                throw new GgufException("tokenizer.ggml.tokens: "
                        + vocabulary.tokens().size() + " (expected: " + rows + ", a row of the embedding each)");
            }
            try (var tokenizer = new TextTokenizer(vocabulary)) {
                new ChatTemplate(tokenizer).source();
            }
        } catch (IllegalArgumentException | TemplateException e) {
            GgufException refused = new GgufException(String.valueOf(e.getMessage()));
            refused.initCause(e);
            throw refused;
        }
    }
}
