// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseFramesTest {
    private static final String STREAM =
            ": hello\r\ndata: {\"a\":1}\r\n\r\nevent: x\ndata:two\ndata: lines\n\nid: 7\rdata: cr\r\rdata: é\n\n";

    @ParameterizedTest(name = "cut {0}")
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void accept_anyCut_givesTheSameEvents(int size) {
        SseFrames frames = new SseFrames(1000);
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        List<String> events = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += size)
            frames.accept(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + size)))
                    .forEach(event -> events.add(new String(event, StandardCharsets.UTF_8)));

        assertThat(events).containsExactly("{\"a\":1}", "two\nlines", "cr", "é");
    }

    @Test
    void accept_endlessLine_isRefused() {
        SseFrames frames = new SseFrames(100);

        assertThatThrownBy(() -> frames.accept(new byte[101])).isInstanceOf(SseFrames.EventTooLarge.class);
    }
}
