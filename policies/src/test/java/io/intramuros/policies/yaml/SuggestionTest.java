// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({"'','',0", "a,'',1", "abc,abc,0", "abc,acb,1", "zone,zones,1", "kitten,sitting,3", "ca,abc,3"})
    void distance_words_countsEdits(String a, String b, int edits) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(edits);
        assertThat(Suggestion.distance(b, a)).isEqualTo(edits);
    }

    @Test
    void of_otherCase_isFound() {
        assertThat(Suggestion.of("MAXCONCURRENT", List.of("zone", "maxConcurrent")))
                .isEqualTo(" (did you mean \"maxConcurrent\"?)");
    }

    @Test
    void of_nothingNear_listsAll() {
        assertThat(Suggestion.of("banana", List.of("zone", "url"))).isEqualTo(" (expected: zone, url)");
    }
}
