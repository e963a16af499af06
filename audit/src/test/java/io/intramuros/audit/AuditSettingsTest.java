// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSettingsTest {
    private static final AuditSettings GOOD = AuditSettings.of(Path.of("log"), Logs.KEY);

    @ParameterizedTest
    @CsvSource({"PT0S,PT1S,maxWait", "PT61S,PT1S,maxWait", "PT1S,PT0S,checkpointEvery", "PT1S,PT61M,checkpointEvery"})
    void timed_outOfRange_isRefused(Duration wait, Duration every, String named) {
        assertThatThrownBy(() -> GOOD.timed(wait, every))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named + ": ")
                .hasMessageContaining("(expected: PT0.001S to ");
    }

    @ParameterizedTest
    @CsvSource({
        "511,0,0,segmentBytes",
        "4294967297,0,0,segmentBytes",
        "512,-1,0,lowWaterBytes",
        "512,1099511627777,0,lowWaterBytes",
        "512,0,-1,reserveBytes",
        "512,0,1073741825,reserveBytes"
    })
    void sized_outOfRange_isRefused(long segment, long low, long reserve, String named) {
        assertThatThrownBy(() -> GOOD.sized(segment, low, reserve))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named + ": ");
    }

    @Test
    void sized_edges_areTaken() {
        assertThat(GOOD.sized(512, 0, 0).segmentBytes()).isEqualTo(512);
        assertThat(GOOD.sized(4L << 30, 1L << 40, 1L << 30).lowWaterBytes()).isEqualTo(1L << 40);
        assertThat(GOOD.timed(Duration.ofMillis(1), Duration.ofHours(1)).maxWait())
                .isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void after_keyOfAnotherLog_isRefused() {
        assertThatThrownBy(() ->
                        GOOD.after(List.of(Logs.key("another.example.com", 3).verifier())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("earlier: ");
    }
}
