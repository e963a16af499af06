// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.gateway.exchange.BrokenAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "cut {0}")
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void accept_anyCut_givesTheSameObjects(int size) {
        JsonLines lines = new JsonLines();
        byte[] stream = bytes("{\"a\":\"é\"}\n\r\n  \n{\"b\":{\"c\":1}}\r\n{\"d\":2}\n{\"rest\"");
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < stream.length; i += size)
            lines.accept(Arrays.copyOfRange(stream, i, Math.min(stream.length, i + size)))
                    .forEach(object -> objects.add(object.toString()));

        assertThat(objects).containsExactly("{\"a\":\"é\"}", "{\"b\":{\"c\":1}}", "{\"d\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]\n", "oops\n", "{\"error\":\"out of memory\"}\n", "{\"a\":1\n"})
    void accept_whatIsNoObjectOrAnError_isBroken(String line) {
        JsonLines lines = new JsonLines();

        assertThatThrownBy(() -> lines.accept(bytes(line)))
                .isInstanceOf(BrokenAnswer.class)
                .hasMessageNotContaining("memory");
    }

    @Test
    void accept_lineWithoutAnEnd_isBrokenAtItsLimit() {
        JsonLines lines = new JsonLines();
        byte[] mebibyte = new byte[1024 * 1024];
        Arrays.fill(mebibyte, (byte) 'x');
        for (int i = 0; i < 4; i++) assertThat(lines.accept(mebibyte)).isEmpty();

        assertThatThrownBy(() -> lines.accept(mebibyte)).isInstanceOf(BrokenAnswer.class);
    }
}
