// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeOptionsTest {
    @Test
    void of_onlyData_hasTheDefaults() {
        assertThat(of(Map.of(), "--data", "d"))
                .isEqualTo(new NodeOptions(Path.of("d"), "127.0.0.1", 0, Optional.empty(), List.of(), false, 32));
    }

    @Test
    void of_everything_isRead() {
        NodeOptions options = of(
                Map.of("T", "secret"),
                "--data d --port 9 --bind 0.0.0.0 --token-env T --models a,b --parent-stdin --queue 5".split(" "));

        assertThat(options)
                .isEqualTo(
                        new NodeOptions(Path.of("d"), "0.0.0.0", 9, Optional.of("secret"), List.of("a", "b"), true, 5));
        assertThat(options.toString()).doesNotContain("secret");
    }

    @Test
    void of_tokenInItsUsualPlace_isRead() {
        assertThat(of(Map.of("INTRAMUROS_NODE_TOKEN", "secret"), "--data", "d").token())
                .hasValue("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "--data d --port x, --port: x (expected: a whole number)",
        "--data d --port 65536, --port: 65536 (expected: 0 to 65535)",
        "--data d --token-env NONE, --token-env: NONE is not set",
    })
    void of_wrong_saysWhatIsExpected(String arguments, String message) {
        assertThatThrownBy(() -> of(Map.of(), arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"--port 1, --data: missing", "--data, --data: no value", "--dta d, --dta: unknown"})
    void of_unknownOrMissing_showsTheUsage(String arguments, String start) {
        assertThatThrownBy(() -> of(Map.of(), arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(start + " (" + NodeOptions.USAGE + ")");
    }

    private static NodeOptions of(Map<String, String> environment, String... arguments) {
        return NodeOptions.of(Arrays.asList(arguments), environment);
    }
}
