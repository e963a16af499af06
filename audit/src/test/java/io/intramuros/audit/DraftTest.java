// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "idw", "idy", "tq", "trace", "tsa", "tt", "w", "zz", "\u00e9"})
    void leaf_fieldAnywhere_isCanonical(String name) {
        AuditRecord record = AuditRecord.of("x").team("t").with(name, "1").build();
        Map<String, Object> all = new HashMap<>(record.fields());
        all.putAll(Map.of("idx", 7, "tprev", "ab", "ts", "now", "tseq", 3, "v", 1));

        byte[] leaf = Draft.of(record).leaf(7, "now", "3", "ab");

        assertThat(new String(leaf, StandardCharsets.UTF_8)).isEqualTo(CanonicalJson.write(all));
        assertThat(leaf.length).isLessThanOrEqualTo(Draft.of(record).size());
    }

    @Test
    void leaf_nobodysRecord_hasNoPlaceInAChain() {
        byte[] leaf = Draft.of(AuditRecord.of("system.start").build()).leaf(0, "now", "", "");

        assertThat(new String(leaf, StandardCharsets.UTF_8))
                .isEqualTo("{\"idx\":0,\"ts\":\"now\",\"type\":\"system.start\",\"v\":1}");
    }

    @Test
    void of_fieldsThatTheLogGives_areNotTheCallers() {
        byte[] leaf = Draft.of(AuditRecord.of("x").with("idx", 99).with("v", 9).build())
                .leaf(1, "now", "", "");

        assertThat(new String(leaf, StandardCharsets.UTF_8))
                .contains("\"idx\":1,")
                .endsWith("\"v\":1}");
    }
}
