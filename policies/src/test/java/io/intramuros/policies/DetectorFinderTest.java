// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class DetectorFinderTest {
    @Test
    void find_patternAfterAnEmoji_givesUtf16Offsets() {
        assertThat(finds("patterns: ['EMP-[0-9]{6}']", "😀 EMP-123456, EMP-12, EMP-654321"))
                .containsExactly("3..13 EMP-123456", "23..33 EMP-654321");
    }

    @Test
    void find_words_areWholeAndInAnyCase() {
        assertThat(finds("words: [Falcon, Águila]", "falcon FALCONS Falcon-2, superfalcon; águila ÁGUILAS"))
                .containsExactly("0..6 falcon", "15..21 Falcon", "38..44 águila");
    }

    @Test
    void find_wordThatBeginsAnother_takesTheLonger() {
        assertThat(finds("words: [Project, Project Falcon]", "Project Falcon and Project X"))
                .containsExactly("0..14 Project Falcon", "19..26 Project");
    }

    @Test
    void find_wordWithSpecialCharacters_isTakenLiterally() {
        assertThat(finds("words: ['C++ (core)', 'a.b']", "c++ (core) axb a.b"))
                .containsExactly("0..10 c++ (core)", "15..18 a.b");
    }

    @Test
    void find_emptyText_findsNothing() {
        assertThat(finds("words: [x]\npatterns: ['[0-9]+']", "")).isEmpty();
    }

    @Test
    void find_expressionThatWouldExplodeElsewhere_staysLinear() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(finds("patterns: ['(a+)+b']", "a".repeat(20_000)))
                        .isEmpty());
    }

    private static List<String> finds(String spec, String text) {
        Detector detector = Samples.read(Samples.resource("Detector", "d", spec + "\n"))
                .detectors()
                .getFirst();
        List<String> found = new ArrayList<>();
        new DetectorFinder(detector)
                .find(text, (start, end) -> found.add(start + ".." + end + " " + text.substring(start, end)));
        return found;
    }
}
