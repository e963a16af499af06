// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    @Test
    void at_manySteps_printsOneLineForEachTenth() {
        var out = new ByteArrayOutputStream();
        var lines = new ProgressLines(new PrintStream(out, true, StandardCharsets.UTF_8), "m");

        for (int done = 0; done <= 1000; done++) {
            lines.at("download", done * 100_000L, 100_000_000);
        }
        lines.at("convert", 5, 10);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(12)
                .contains(
                        "m: download [..........] 0.0 of 100.0 MB",
                        "m: download [###.......] 30.0 of 100.0 MB",
                        "m: download [##########] 100.0 of 100.0 MB",
                        "m: convert  [#####.....] 0.0 of 0.0 MB");
    }
}
