// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.encode.TextEncoder;
import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.engine.DecoderSettings;
import io.intramuros.inference.engine.OrtDecoder;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.ort.OrtLibrary;
import io.intramuros.inference.ort.OrtRuntime;
import io.intramuros.inference.store.InstalledModel;
import io.intramuros.inference.store.ModelStore;
import io.intramuros.inference.text.ChatTemplate;
import io.intramuros.inference.text.GgufVocabulary;
import io.intramuros.inference.text.Sampling;
import io.intramuros.inference.text.TextTokenizer;
import io.intramuros.inference.text.Vocabulary;
import io.intramuros.inference.wiring.WiringModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Loads the models that a node is to serve. */
final class ModelLoader {
    /** What SmolLM2's card asks for; small models wander at OpenAI's default of 1. */
    private static final Sampling USUAL = new Sampling(0.2, 0.9, 0, 0, 0, OptionalLong.empty());

    private ModelLoader() {}

    /**
     * Loads the models that the options name, or else all that are installed and those that come with it.
     *
     * @throws IOException with one clear line where one of them is not installed or cannot be loaded
     */
    static ServedModels load(NodeOptions options, ModelStore store) throws IOException {
        OrtRuntime runtime = OrtRuntime.open(OrtLibrary.bundled());
        List<ChatModel> chats = new ArrayList<>();
        List<EmbeddingModel> embeddings = new ArrayList<>();
        for (String name : names(options, store)) {
            if (name.equals(TextEncoder.BUNDLED)) {
                embeddings.add(embedding(runtime, options.queue()));
            } else {
                chats.add(chat(runtime, model(name, store), options.queue()));
            }
        }
        return new ServedModels(chats, embeddings, runtime::close);
    }

    private static EmbeddingModel embedding(OrtRuntime runtime, int queue) throws IOException {
        var encoder = TextEncoder.bundled(runtime, DecoderSettings.defaults().threads());
        return new EmbeddingModel(
                TextEncoder.BUNDLED,
                new SentenceEmbedder(encoder),
                new Turns(1, queue),
                new ModelMetrics(TextEncoder.BUNDLED));
    }

    private static List<String> names(NodeOptions options, ModelStore store) throws IOException {
        if (!options.models().isEmpty()) {
            return options.models();
        }
        List<String> names =
                new ArrayList<>(store.list().stream().map(InstalledModel::name).toList());
        names.remove(WiringModel.NAME);
        names.add(WiringModel.NAME);
        names.add(TextEncoder.BUNDLED);
        return names;
    }

    private static InstalledModel model(String name, ModelStore store) throws IOException {
        return name.equals(WiringModel.NAME)
                ? store.builtIn()
                : store.installed(name)
                        .orElseThrow(() -> new IOException(name + ": not installed (expected: pulled before)"));
    }

    private static ChatModel chat(OrtRuntime runtime, InstalledModel model, int queue) throws IOException {
        var tokenizer = new TextTokenizer(vocabulary(model));
        Decoder decoder = OrtDecoder.load(runtime, model.converted(), DecoderSettings.defaults());
        return new ChatModel(
                model.name(),
                decoder,
                tokenizer,
                new ChatTemplate(tokenizer),
                model.name().equals(WiringModel.NAME) ? Sampling.GREEDY : USUAL,
                new Turns(decoder::fits, queue),
                new ModelMetrics(model.name()));
    }

    private static Vocabulary vocabulary(InstalledModel model) throws IOException {
        try (GgufFile file = GgufFile.open(model.gguf())) {
            return GgufVocabulary.read(file.metadata());
        }
    }
}
