// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.inference.gguf.GgmlType;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
    private static final String TWO = "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2,3],\"data_offsets\":[4,16]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";

    @TempDir
    private Path folder;

    @Test
    void open_soundFile_givesItsTensorsInOrder() throws Exception {
        byte[] data = new byte[16];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        try (SafetensorsFile file = open(TWO, data)) {
            assertThat(file.tensors()).extracting(SafetensorsFile.Entry::name).containsExactly("a", "b");
            assertThat(file.tensors().getLast().type()).isEqualTo(GgmlType.BF16);
            assertThat(file.tensors().getLast().shape()).isEqualTo(List.of(2L, 3L));
            assertThat(file.data(file.tensors().getLast()).toArray(ValueLayout.JAVA_BYTE))
                    .containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[]; header: not an object",
                "{x; header: not JSON",
                "{\"a\":1}; tensor a: shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},\"a\":{}}; header: not JSON, or a name",
                "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[16],\"data_offsets\":[0,16]}}; tensor a: dtype",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,12]}}; tensor a: data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}}; tensor a: data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[-16,0]}}; tensor a: data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[0,32]}}; tensor a: data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0]}}; tensor a: data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[0,16]}}; tensor a: shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,16]}}; tensor a: shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4.5],\"data_offsets\":[0,16]}}; tensor a: shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,4],\"data_offsets\":[0,16]}}; tensor a: shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}; tensor a: begins at byte 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}; file: 16 bytes of data",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}; tensor b: begins at byte 8",
            })
    void open_headerThatLies_isRefusedByName(String header, String message) {
        assertThatThrownBy(() -> open(header, new byte[16]))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 100, Long.MAX_VALUE, Long.MIN_VALUE})
    void open_lengthBeyondTheFile_isRefused(long length) throws Exception {
        byte[] bytes = ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        Path path = Files.write(folder.resolve("length.safetensors"), bytes);

        assertThatThrownBy(() -> SafetensorsFile.open(path)).hasMessageStartingWith("length of the header: " + length);
    }

    @Test
    void open_everyTruncation_isRefused() throws Exception {
        byte[] whole = bytes(TWO, new byte[16]);
        for (int length = 0; length < whole.length; length++) {
            Path path = Files.write(folder.resolve("cut.safetensors"), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsFile.open(path)).isInstanceOf(SafetensorsException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void open_mutatedFile_isReadOrRefused(long seed) throws Exception {
        var random = new Random(seed);
        byte[] whole = bytes(TWO, new byte[16]);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] mutated = whole.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                mutated[random.nextInt(mutated.length - 16)] = (byte) random.nextInt(256);
            }
            Path path = Files.write(folder.resolve("mutated.safetensors"), mutated);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                file.tensors().forEach(entry -> file.data(entry).get(ValueLayout.JAVA_BYTE, 0));
            } catch (SafetensorsException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(200, 300);
    }

    private SafetensorsFile open(String header, byte[] data) throws IOException {
        return SafetensorsFile.open(Files.write(folder.resolve("f.safetensors"), bytes(header, data)));
    }

    static byte[] bytes(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }
}
