// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    private static final int THREADS = 8;

    static Stream<Case> cases() throws IOException {
        return Case.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void find_prompt_exactlyTheNames(Case example) {
        Set<Case.Span> found = Case.spans(find(example.text()), example.text());
        assertThat(found).containsExactlyInAnyOrderElementsOf(example.spans());
    }

    @Test
    void find_eightThreads_sameFindings() throws Exception {
        List<String> texts = Case.all().map(Case::text).toList();
        Callable<List<List<Finding>>> work =
                () -> texts.stream().map(NamesTest::find).toList();
        List<List<Finding>> expected = work.call();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<List<List<Finding>>>> results = new ArrayList<>();
            for (int i = 0; i < 2 * THREADS; i++) results.add(threads.submit(work));
            for (Future<List<List<Finding>>> result : results)
                assertThat(result.get()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "'",
                "-",
                ":",
                "\"",
                "<>",
                "’s",
                "Mr",
                "Dear",
                "Name:",
                "|;|",
                "a:b",
                "İ",
                "👩‍👩‍👧",
                "\ud83d"
            })
    void find_fragment_nothing(String text) {
        assertThat(find(text)).isEmpty();
    }

    @Test
    void find_personKnownByContext_scoresAndDetectorsAsStated() {
        Finding title = find("Mr Holloway called.").getFirst();
        assertThat(title).isEqualTo(new Finding(EntityType.PERSON, null, 3, 11, 0.75, "name-context"));
        Finding pair = find("Tell Susan Whitaker.").getFirst();
        assertThat(pair).isEqualTo(new Finding(EntityType.PERSON, null, 5, 19, 0.7, "name-list"));
    }

    @Test
    void find_anyMixOfPieces_findingsInsideTheTextAndApart() {
        Random random = new Random(7);
        String[] pieces = {
            "Anna",
            "von",
            "der",
            "Müller",
            "Mr",
            ".",
            ",",
            ":",
            "\"",
            "name",
            "{",
            "}",
            "\n",
            " ",
            " ",
            " ",
            "|",
            ";",
            "'s",
            "O'Brien",
            "12",
            "Calle",
            "Street",
            "GmbH",
            "Dear",
            "Regards",
            "my name is",
            "<name>",
            "</name>",
            "D.",
            "\u00a0",
            "\ud83d\ude00",
            "ß",
            "-",
            "Berlin",
            "San",
            "Sebastián",
            "28013",
            "\t",
            "= ",
            "@",
            "Ñ",
            "lucía",
            "de la",
            "\r\n",
            "Bank",
            "Hospital"
        };
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) text.append(pieces[random.nextInt(pieces.length)]);
            BitSet taken = new BitSet();
            for (Finding finding : find(text.toString())) {
                assertThat(finding.end()).isLessThanOrEqualTo(text.length());
                assertThat(taken.get(finding.start(), finding.end()).isEmpty()).isTrue();
                taken.set(finding.start(), finding.end());
            }
        }
    }

    @Test
    void find_longHostileLines_answersSoon() {
        for (String piece : List.of(
                "Calle ",
                "A-",
                "12 ",
                "Mr. ",
                "\"name\":",
                "van ",
                "12 High ",
                "a, ",
                "Müller, ",
                "San ",
                "|;",
                "& ")) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> find(piece.repeat(5_000)), piece);
        }
    }

    private static List<Finding> find(String text) {
        List<Finding> found = new ArrayList<>();
        for (Detector detector : Names.detectors()) detector.find(text, found::add);
        return found;
    }
}
