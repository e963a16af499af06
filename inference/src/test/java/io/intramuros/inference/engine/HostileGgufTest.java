// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.gguf.TinyGguf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie end in an exception that says what is wrong. */
class HostileGgufTest {
    private static final long[] EXTREMES = {
        0, 1, -1, 31, 255, 1 << 20, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE / 4
    };

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void open_damagedHead_opensOrSaysWhatIsWrong(int seed) throws Exception {
        byte[] good = TinyLlama.of(GgmlType.Q8_0, true, 1).gguf();
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            if (!opens(damaged(good, 2500, random))) {
                refused++;
            }
        }
        assertThat(refused).isBetween(10, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {101, 102, 103, 104})
    void convert_damagedFile_convertsOrSaysWhatIsWrong(int seed) throws Exception {
        byte[] good = TinyLlama.of(GgmlType.Q4_K, true, 1).gguf();
        Random random = new Random(seed);
        Path gguf = folder.resolve("damaged.gguf");
        int refused = 0;
        for (int round = 0; round < 8; round++) {
            Files.write(gguf, damaged(good, round % 2 == 0 ? 600 : good.length, random));
            try {
                ModelConversion.convert(gguf, folder.resolve("converted"), (bytes, of) -> {});
            } catch (GgufException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(0);
        try (var left = Files.list(folder.resolve("converted"))) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("convert-"));
        }
    }

    @Test
    void open_cutAtEveryPlaceOfTheHead_isRefused() throws Exception {
        byte[] good = new TinyGguf()
                .text("general.architecture", "llama")
                .numbers("n", 1, 2)
                .tensor("t", 0, new byte[4], 1)
                .toBytes();
        for (int length = 0; length < good.length - 32; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> openOrThrow(cut)).as("length %d", length).isInstanceOf(GgufException.class);
        }
    }

    @Test
    void open_moreThingsThanTheFileHasRoomFor_isRefusedBeforeMemoryIsTaken() {
        ByteBuffer file = TinyGguf.little(64)
                .put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(1L << 40);
        assertThatThrownBy(() -> openOrThrow(TinyGguf.bytes(file)))
                .hasMessageContaining("number of tensors: 1099511627776");
    }

    @Test
    void open_tensorThatLies_isRefusedByName() {
        byte[] four = new byte[4];
        refuses(new TinyGguf().tensorAt("outside", 0, 64, four, 1), "tensor outside: offset 64");
        refuses(new TinyGguf().tensorAt("odd", 0, 4, four, 1), "tensor odd: offset 4");
        refuses(new TinyGguf().tensorAt("negative", 0, -32, four, 1), "tensor negative: offset -32");
        refuses(new TinyGguf().tensor("huge", 0, four, Long.MAX_VALUE, 4), "tensor huge: dimension");
        refuses(new TinyGguf().tensor("wraps", 0, four, 1L << 33, 1L << 33), "tensor wraps: dimension");
        refuses(new TinyGguf().tensor("empty", 0, four, 0), "tensor empty: dimension 0");
        refuses(new TinyGguf().tensor("cut", GgmlType.Q8_0.code(), new byte[34], 33), "tensor cut: 33 columns");
        refuses(new TinyGguf().tensor("new", 77, four, 1), "tensor new: type 77");
        refuses(new TinyGguf().tensor("twice", 0, four, 1).tensor("twice", 0, four, 1), "tensor twice: for the second");
        refuses(new TinyGguf().number("general.alignment", 3), "general.alignment: 3");
        refuses(new TinyGguf().number("k", 3).number("k", 3), "a key for the second time");
        refuses(new TinyGguf().entry("k", 9, TinyGguf.little(12).putInt(9).putLong(1)), "value type: 9");
        refuses(new TinyGguf().entry("k", 8, TinyGguf.little(9).putLong(1).put((byte) 0xff)), "not UTF-8");
    }

    @Test
    void convert_whatWeDoNotBuild_isRefusedByName() {
        refusesModel(tiny -> tiny.file().tensor("blk.0.attn_q.bias", 0, new byte[4], 1), "blk.0.attn_q.bias");
        refusesModel(tiny -> tiny.file().number("llama.expert_count", 8), "llama.expert_count");
        refusesModel(tiny -> tiny.file().text("llama.rope.scaling.type", "yarn"), "rope.scaling.type: yarn");
        refusesModel(tiny -> tiny.file().real("llama.attn_logit_softcapping", 8), "attn_logit_softcapping");
        TinyGguf other =
                new TinyGguf().text("general.architecture", "mamba").tensor("token_embd.weight", 0, new byte[4], 1);
        assertThatThrownBy(() -> convert(other.toBytes())).hasMessageContaining("architecture: mamba");
    }

    @Test
    void metadata_valueOfAnotherType_isRefusedByName() throws Exception {
        byte[] bytes = new TinyGguf()
                .texts("list", List.of("a", "b"))
                .numbers("ints", 1, 2)
                .number("one", 1)
                .toBytes();
        Path path = Files.write(folder.resolve("meta.gguf"), bytes);
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.metadata().texts("list")).containsExactly("a", "b");
            assertThat(file.metadata().numbers("ints")).containsExactly(1, 2);
            assertThat(file.metadata().number("one")).hasValue(1);
            assertThat(file.metadata().text("absent")).isEmpty();
            assertThatThrownBy(() -> file.metadata().text("one")).hasMessageContaining("one: a value of another type");
        }
    }

    private interface Change {
        void to(TinyLlama model);
    }

    private void refusesModel(Change change, String message) {
        TinyLlama model = TinyLlama.of(GgmlType.F32, true, 1);
        change.to(model);
        assertThatThrownBy(() -> convert(model.gguf()))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(message);
    }

    private void convert(byte[] bytes) throws IOException {
        Path gguf = Files.write(folder.resolve("refused.gguf"), bytes);
        ModelConversion.convert(gguf, folder.resolve("converted"), (done, of) -> {});
    }

    private void refuses(TinyGguf file, String message) {
        assertThatThrownBy(() -> openOrThrow(file.toBytes()))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(message);
    }

    private boolean opens(byte[] bytes) throws IOException {
        try {
            openOrThrow(bytes);
            return true;
        } catch (GgufException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private void openOrThrow(byte[] bytes) throws IOException {
        GgufFile.open(Files.write(folder.resolve("hostile.gguf"), bytes)).close();
    }

    /** One to three places overwritten, or the end cut off. */
    private static byte[] damaged(byte[] good, int within, Random random) {
        byte[] bytes = good.clone();
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(Math.min(within, bytes.length - 8));
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> view.putLong(at, EXTREMES[random.nextInt(EXTREMES.length)]);
                default -> view.putInt(at, (int) EXTREMES[random.nextInt(EXTREMES.length)]);
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
