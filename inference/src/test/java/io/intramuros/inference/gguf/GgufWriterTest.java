// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufWriterTest {
    @TempDir
    private Path folder;

    @Test
    void write_everyKindOfValue_isReadBack() throws Exception {
        Path path = folder.resolve("all.gguf");
        new GgufWriter()
                .text("text", "naïve 😀")
                .number("small", 4_000_000_000L)
                .number("negative", -5)
                .number("large", 1L << 60)
                .real("half", 0.5)
                .real("exact", 0.1)
                .flag("yes", true)
                .flag("no", false)
                .texts("texts", List.of("a", "", "ü"))
                .numbers("numbers", List.of(1, -2))
                .reals("reals", List.of(1.5f, -2f))
                .text("intramuros.layout", "huggingface")
                .write(path, _ -> {});

        try (GgufFile file = GgufFile.open(path)) {
            GgufMetadata metadata = file.metadata();
            assertThat(metadata.text("text")).contains("naïve 😀");
            assertThat(metadata.number("small")).hasValue(4_000_000_000L);
            assertThat(metadata.number("negative")).hasValue(-5);
            assertThat(metadata.number("large")).hasValue(1L << 60);
            assertThat(metadata.real("half")).hasValue(0.5);
            assertThat(metadata.real("exact")).hasValue(0.1);
            assertThat(metadata.flag("yes")).contains(true);
            assertThat(metadata.flag("no")).contains(false);
            assertThat(metadata.texts("texts")).containsExactly("a", "", "ü");
            assertThat(metadata.numbers("numbers")).containsExactly(1, -2);
            assertThat(metadata.reals("reals")).containsExactly(1.5, -2);
            assertThat(file.layout()).isEqualTo(ModelFile.Layout.HUGGING_FACE);
        }
    }

    @Test
    void write_tensorsOfAnySize_lieWhereTheHeadSays() throws Exception {
        Path path = folder.resolve("tensors.gguf");
        List<Long> progress = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            new GgufWriter()
                    .tensor("a", GgmlType.F32, List.of(1L), bytes(arena, 4, 1))
                    .tensor("b", GgmlType.BF16, List.of(3L, 5L), bytes(arena, 30, 2))
                    .tensor("c", GgmlType.F16, List.of(16L), bytes(arena, 32, 3))
                    .write(path, progress::add);
        }
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.tensors()).extracting(GgufTensor::name).containsExactly("a", "b", "c");
            assertThat(file.tensors()).allMatch(tensor -> tensor.offset() % 32 == 0);
            GgufTensor b = file.tensor("b").orElseThrow();
            assertThat(b.rows()).isEqualTo(3);
            assertThat(b.columns()).isEqualTo(5);
            assertThat(file.data(b).toArray(ValueLayout.JAVA_BYTE))
                    .containsOnly(2)
                    .hasSize(30);
            assertThat(file.layout()).isEqualTo(ModelFile.Layout.GGUF);
        }
        assertThat(progress).containsExactly(4L, 34L, 66L);
    }

    @Test
    void write_fileThatIsThere_isLeftAlone() throws Exception {
        Path path = Files.writeString(folder.resolve("there.gguf"), "mine");

        assertThatThrownBy(() -> new GgufWriter().write(path, _ -> {})).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(path).hasContent("mine");
    }

    private static MemorySegment bytes(Arena arena, int size, int value) {
        return arena.allocate(size).fill((byte) value);
    }
}
