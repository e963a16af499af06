// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.wiring.WiringModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufVocabularyTest {
    /** Where a copy of SmolLM2-135M-Instruct.Q4_1.gguf lies, for those who have one. */
    private static final String SMOLLM2 = "INTRAMUROS_SMOLLM2_GGUF";

    @TempDir
    private Path folder;

    @Test
    void read_builtInModel_hasChatMlAndItsEnds() throws Exception {
        Vocabulary vocabulary = read(Files.write(folder.resolve("w.gguf"), WiringModel.gguf()));

        assertThat(vocabulary.pre()).isEqualTo("smollm");
        assertThat(vocabulary.tokens()).hasSize(512);
        assertThat(vocabulary.control("<|im_start|>")).hasValue(1);
        assertThat(vocabulary.ends()).containsExactlyInAnyOrder(0, 2);
        assertThat(vocabulary.begin()).isEqualTo(OptionalInt.empty());
        assertThat(vocabulary.chatTemplate()).isPresent();
    }

    @Test
    void encode_smolLm2_givesThePublishedIds() throws Exception {
        String path = System.getenv(SMOLLM2);
        assumeTrue(path != null, "set " + SMOLLM2 + " to the path of the GGUF file to run this");
        try (var tokenizer = new TextTokenizer(read(Path.of(path)))) {
            assertThat(tokenizer.encode("Hello, we can use")).containsExactly(19556, 28, 392, 416, 722);
            assertThat(tokenizer.encode("The capital of France is")).containsExactly(504, 3575, 282, 4649, 314);
            assertThat(tokenizer.encode("Hello world! 123")).containsExactly(19556, 905, 17, 216, 33, 34, 35);
            assertThat(rendered(tokenizer)).isEqualTo("""
                            system
                            You are a helpful AI assistant named SmolLM, trained by Hugging Face
                            user
                            Hi
                            assistant
                            """);
        }
    }

    private static String rendered(TextTokenizer tokenizer) {
        var out = new StringBuilder();
        var question = new ChatMessage(ChatMessage.Role.USER, "Hi");
        for (int id : new ChatTemplate(tokenizer).render(List.of(question))) {
            out.append(new String(tokenizer.bytes(id), StandardCharsets.US_ASCII));
        }
        return out.toString();
    }

    private static Vocabulary read(Path path) throws IOException {
        try (GgufFile file = GgufFile.open(path)) {
            return GgufVocabulary.read(file.metadata());
        }
    }
}
