// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.engine.DecoderSettings;
import io.intramuros.inference.engine.ModelConversion;
import io.intramuros.inference.engine.OrtDecoder;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.graph.GraphSettings;
import io.intramuros.inference.ort.OrtLibrary;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.wiring.WiringModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanyTest {
    @TempDir
    private Path folder;

    @Test
    void run_sameSeed_givesTheSameTextAloneAndInCompany() throws Exception {
        Path gguf = Files.write(folder.resolve("wiring.gguf"), WiringModel.gguf());
        Path model =
                ModelConversion.convert(gguf, folder.resolve("w"), new GraphSettings(512, 0, 0), (bytes, of) -> {});
        try (OrtRuntime runtime = OrtRuntime.open(OrtLibrary.bundled(Path.of("target", "onnxruntime")));
                OrtDecoder decoder = OrtDecoder.load(runtime, model, new DecoderSettings(1, 6, 512, 64));
                GgufFile file = GgufFile.open(gguf);
                TextTokenizer tokenizer = new TextTokenizer(GgufVocabulary.read(file.metadata()));
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<String> alone = new ArrayList<>();
            List<Callable<String>> runs = new ArrayList<>();
            for (int seed = 0; seed < 6; seed++) {
                GenerationRequest request = request(tokenizer, seed);
                alone.add(text(decoder, tokenizer, request));
                runs.add(() -> text(decoder, tokenizer, request));
            }
            List<String> together = new ArrayList<>();
            for (Future<String> run : threads.invokeAll(runs)) {
                together.add(run.get());
            }
            assertThat(together).isEqualTo(alone).doesNotHaveDuplicates();
        }
    }

    private static GenerationRequest request(TextTokenizer tokenizer, int seed) {
        int[] ids = new ChatTemplate(tokenizer)
                .render(List.of(new ChatMessage(ChatMessage.Role.USER, "Tell me the number " + seed)));
        List<Integer> prompt = new ArrayList<>();
        for (int id : ids) {
            prompt.add(id);
        }
        var sampling = new Sampling(2, 0.95, 0, 0.1, 0.1, OptionalLong.of(seed));
        return new GenerationRequest(prompt, 24, sampling, List.of(), false);
    }

    private static String text(OrtDecoder decoder, TextTokenizer tokenizer, GenerationRequest request)
            throws Exception {
        var text = new StringBuilder();
        new Generation(decoder, tokenizer, request).run(text::append);
        return text.toString();
    }
}
