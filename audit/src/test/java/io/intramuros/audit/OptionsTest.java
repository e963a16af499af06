// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options read(String... words) {
        return Options.read(List.of(words), List.of("vkey", "limit"));
    }

    @Test
    void read_valuesAndOperands_areThereInTheirOrder() {
        Options options = read("--vkey", "a", "x", "--vkey", "b", "--limit", "7", "y");

        assertThat(options.files("vkey")).containsExactly(Path.of("a"), Path.of("b"));
        assertThat(options.text("vkey")).isEqualTo("b");
        assertThat(options.number("limit", 1)).isEqualTo(7);
        assertThat(options.operands()).containsExactly(Path.of("x"), Path.of("y"));
        assertThat(read("x").number("limit", 3)).isEqualTo(3);
        assertThat(read("x").text("vkey", "none")).isEqualTo("none");
        assertThat(read("x").operand()).isEqualTo(Path.of("x"));
    }

    @Test
    void read_whatIsWrong_isRefusedByName() {
        assertThatThrownBy(() -> read("--colour", "red")).hasMessageStartingWith("option: unknown");
        assertThatThrownBy(() -> read("--vkey")).hasMessageStartingWith("--vkey: without a value");
        assertThatThrownBy(() -> read("x").text("vkey")).hasMessageStartingWith("--vkey: missing");
        assertThatThrownBy(() -> read("--limit", "-1", "x").number("limit", 1)).hasMessageContaining("no number");
        assertThatThrownBy(() -> read().operands()).hasMessageStartingWith("operand: missing");
        assertThatThrownBy(() -> read("x", "y").operand()).hasMessageStartingWith("operands: several");
    }
}
