// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainedTest {
    private static JsonNode findings(String json) {
        return new JsonMapper().readTree(json);
    }

    private static String found(int start, int end, String action) {
        return "{\"type\":\"EMAIL\",\"start\":" + start + ",\"end\":" + end
                + ",\"score\":0.95,\"detector\":\"pattern\"," + "\"action\":\"" + action + "\"}";
    }

    @Test
    void marked_forATerminal_coloursByAction() {
        JsonNode two =
                findings("[" + found(0, 1, "block") + "," + found(2, 3, "mask") + "," + found(4, 5, "allow") + "]");

        assertThat(new Explained("a b c", two, true).marked())
                .isEqualTo("\u001b[1;31ma\u001b[0m \u001b[1;33mb\u001b[0m \u001b[32mc\u001b[0m");
    }

    @Test
    void marked_elsewhere_standsInMarks() {
        assertThat(new Explained("to a@b.eu!", findings("[" + found(3, 9, "mask") + "]"), false).marked())
                .isEqualTo("to \u27e6a@b.eu|EMAIL\u27e7!");
    }

    @Test
    void marked_textThatCommandsTheTerminal_isHarmless() {
        assertThat(new Explained("\u001b[2J\u0007 x\n\ty", findings("[]"), true).marked())
                .isEqualTo("\u00b7[2J\u00b7 x\n\ty");
    }

    @Test
    void lines_findsOnSeveralLines_sayLineColumnAndWhy() {
        String text = "one\n\ud83d\ude00 two\nthree";
        JsonNode all = findings("[" + found(7, 10, "mask").replace("0.95", "0.85") + ","
                + found(11, 16, "allow").replace("0.95", "0.6") + "]");

        assertThat(new Explained(text, all, false).lines().toString())
                .contains("2:3  EMAIL  -     0.85   form     pattern   mask    -")
                .contains("3:1  EMAIL  -     0.60   likely   pattern   allow   -");
    }
}
