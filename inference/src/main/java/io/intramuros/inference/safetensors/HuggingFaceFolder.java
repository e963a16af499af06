// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder as {@code save_pretrained} writes it: {@code config.json}, safetensors, tokenizer. */
public final class HuggingFaceFolder {
    private static final Pattern LICENSE = Pattern.compile("(?m)^license:\\s*['\"]?([\\w.+-]{1,60})");

    private HuggingFaceFolder() {}

    /** Whether a folder looks like one. */
    public static boolean is(Path folder) throws IOException {
        return Files.isRegularFile(folder.resolve("config.json"))
                && !shards(folder).isEmpty();
    }

    /**
     * Writes the folder's model as one GGUF file, its weights in the types that they have.
     *
     * @param gguf must not be there
     * @param progress told of the bytes of weights written
     * @throws SafetensorsException where it is broken, hostile, or of a kind that we do not build
     */
    public static void toGguf(Path folder, Path gguf, LongConsumer progress) throws IOException {
        var config = new ModelConfig(ConfigFile.required(folder, "config.json"));
        var writer = new GgufWriter();
        config.writeTo(writer);
        Optional<String> license = license(folder);
        if (license.isPresent()) {
            writer.text("general.license", license.get());
        }
        new TokenizerFiles(folder).writeTo(writer, config.vocabulary());
        List<SafetensorsFile> files = new ArrayList<>();
        try {
            for (Path shard : shards(folder)) {
                files.add(SafetensorsFile.open(shard));
            }
            tensors(files, config, writer);
            writer.write(gguf, progress);
        } finally {
            files.forEach(SafetensorsFile::close);
        }
    }

    private static void tensors(List<SafetensorsFile> files, ModelConfig config, GgufWriter writer)
            throws SafetensorsException {
        Set<String> names = new HashSet<>();
        for (SafetensorsFile file : files) {
            for (SafetensorsFile.Entry entry : file.tensors()) {
                Optional<String> name = TensorNames.of(entry.name(), config.architecture());
                boolean head = name.equals(Optional.of("output.weight")) && config.tied();
                if (name.isEmpty() || head) {
                    continue;
                }
                if (!names.add(name.get())) {
                    throw new SafetensorsException("tensor " + entry.name() + ": for the second time");
                }
                boolean floats =
                        entry.type() == GgmlType.F32 || entry.type() == GgmlType.F16 || entry.type() == GgmlType.BF16;
                if (!floats || entry.shape().isEmpty() || entry.shape().contains(0L)) {
                    throw new SafetensorsException(
                            "tensor " + entry.name() + ": " + entry.type() + " (expected: floats, at least one)");
                }
                writer.tensor(name.get(), entry.type(), entry.shape(), file.data(entry));
            }
        }
    }

    private static List<Path> shards(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(".safetensors"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /** What the model's card says. */
    private static Optional<String> license(Path folder) throws IOException {
        Path card = folder.resolve("README.md");
        if (!Files.isRegularFile(card) || Files.size(card) > 1 << 20) {
            return Optional.empty();
        }
        Matcher matcher =
                LICENSE.matcher(new String(Files.readAllBytes(card), java.nio.charset.StandardCharsets.UTF_8));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
