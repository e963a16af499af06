// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie, committed one by one ({@code make.py} beside them wrote them), and what chance makes of them. */
class HostileFilesTest {
    private static final Path CORPUS = Path.of("src/test/resources/io/intramuros/inference/gguf/corpus");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("corpus")
    void open_fileOfTheCorpus_isReadOrRefusedAsItsNameSays(Path file) throws Exception {
        if (name(file).startsWith("sound-")) {
            assertThat(tensors(file)).isBetween(0, 1);
        } else {
            assertThatThrownBy(() -> tensors(file))
                    .as(name(file))
                    .isInstanceOfAny(GgufException.class, SafetensorsException.class)
                    .hasMessageNotContaining("null");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void open_mutatedFile_isReadOrRefused(long seed) throws Exception {
        var random = new Random(seed);
        List<Path> seeds = corpus().toList();
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            Path from = seeds.get(random.nextInt(seeds.size()));
            byte[] bytes = mutated(Files.readAllBytes(from), random);
            Path file = Files.write(folder.resolve("mutated" + extension(from)), bytes);
            try {
                tensors(file);
            } catch (GgufException | SafetensorsException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(300, 400);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] all = java.util.Arrays.copyOf(bytes, Math.max(1, bytes.length));
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(all.length);
            switch (random.nextInt(4)) {
                case 0 -> all[at] = (byte) random.nextInt(256);
                case 1 -> all[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                case 2 -> all = java.util.Arrays.copyOf(all, 1 + random.nextInt(all.length));
                default -> all = java.util.Arrays.copyOf(all, all.length + random.nextInt(64));
            }
        }
        return all;
    }

    private static Stream<Path> corpus() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(CORPUS)) {
            all.filter(file -> !extension(file).equals(".py")).sorted().forEach(files::add);
        }
        return files.stream();
    }

    /** How many tensors a file has, each touched at both ends. */
    private static int tensors(Path path) throws IOException {
        if (extension(path).equals(".gguf")) {
            try (GgufFile file = GgufFile.open(path)) {
                file.tensors().forEach(tensor -> touch(file.data(tensor)));
                return file.tensors().size();
            }
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            file.tensors().forEach(tensor -> touch(file.data(tensor)));
            return file.tensors().size();
        }
    }

    private static void touch(java.lang.foreign.MemorySegment data) {
        if (data.byteSize() > 0) {
            data.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0);
            data.get(java.lang.foreign.ValueLayout.JAVA_BYTE, data.byteSize() - 1);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String extension(Path file) {
        return name(file).substring(name(file).lastIndexOf('.'));
    }
}
