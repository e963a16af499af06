// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final List<EntityType> TYPES = List.of(EntityType.PERSON, EntityType.EMAIL, EntityType.IBAN);

    /** Finds fixed spans. */
    private record Fixed(List<Finding> findings) implements Detector {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public void find(String text, Consumer<Finding> found) {
            findings.forEach(found);
        }
    }

    private static Finding finding(EntityType type, int start, int end, double score) {
        return new Finding(type, null, start, end, score, "fixed");
    }

    private static String spans(String text, Finding... findings) {
        StringBuilder spans = new StringBuilder();
        for (Finding finding :
                Redactor.of(List.of(new Fixed(List.of(findings)))).find(text))
            spans.append(finding.type())
                    .append(finding.start())
                    .append('-')
                    .append(finding.end())
                    .append(' ');
        return spans.toString().strip();
    }

    @Test
    void find_validatedInsideLongerModel_keepsBoth() {
        assertThat(spans(
                        "Hans Müller DNI 80244895B Madrid",
                        finding(EntityType.ADDRESS, 0, 32, 0.7),
                        finding(EntityType.NATIONAL_ID, 16, 25, 1)))
                .isEqualTo("ADDRESS0-15 NATIONAL_ID16-25 ADDRESS26-32");
    }

    @Test
    void find_sameRank_longerWins() {
        assertThat(spans(
                        "abcdefghij",
                        finding(EntityType.PERSON, 0, 4, 0.7),
                        finding(EntityType.ORGANIZATION, 0, 10, 0.6)))
                .isEqualTo("ORGANIZATION0-10");
    }

    @Test
    void find_patternOverModel_modelKeepsItsRest() {
        assertThat(spans("abcde fghij", finding(EntityType.PERSON, 0, 8, 0.7), finding(EntityType.EMAIL, 6, 11, 0.8)))
                .isEqualTo("PERSON0-5 EMAIL6-11");
    }

    @Test
    void find_insideASurrogate_findsNothing() {
        assertThat(spans("x [PERSON_k7q2x6af] y", finding(EntityType.PERSON, 3, 18, 1)))
                .isEmpty();
        assertThat(spans("x DATE_OF_BIRTH_k7q2x6af y", finding(EntityType.PERSON, 0, 26, 1)))
                .isEmpty();
        assertThat(spans("x [NOTYPE_k7q2x6af] y", finding(EntityType.PERSON, 3, 18, 1)))
                .isEqualTo("PERSON3-18");
    }

    @Test
    void find_emptyText_findsNothing() {
        assertThat(spans("", finding(EntityType.PERSON, 0, 1, 1))).isEmpty();
    }

    @Test
    void find_detectorThatThrows_failsWithoutItsMessage() {
        Redactor redactor = Redactor.of(List.of(new Throwing(null)));
        assertThatThrownBy(() -> redactor.find("the canary"))
                .isInstanceOfSatisfying(RedactionFailedException.class, e -> {
                    assertThat(printed(e))
                            .doesNotContain("canary")
                            .contains("detector: throwing failed with java.lang.NumberFormatException", "RedactorTest");
                });
    }

    @Test
    void find_detectorThatReachesBeyondTheText_fails() {
        assertThatThrownBy(() -> spans("ab", finding(EntityType.PERSON, 0, 3, 1)))
                .isInstanceOf(RedactionFailedException.class);
    }

    @Test
    void find_detectorThatOverflowsTheStack_fails() {
        Redactor redactor = Redactor.of(List.of(new Throwing(new StackOverflowError("the canary"))));
        assertThatThrownBy(() -> redactor.find("x")).isInstanceOf(RedactionFailedException.class);
    }

    private record Throwing(@Nullable Error error) implements Detector {
        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public void find(String text, Consumer<Finding> found) {
            if (error != null) throw error;
            Integer.parseInt(text);
        }
    }

    private static String printed(Exception e) {
        StringWriter out = new StringWriter();
        e.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void find_randomOverlaps_areResolvedAndCoverWhatWasFound(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = "abcdefghijklmnopqrstuvwxyz".repeat(2);
            Finding[] findings = new Finding[random.nextInt(12)];
            for (int i = 0; i < findings.length; i++) {
                int start = random.nextInt(50);
                findings[i] = finding(
                        TYPES.get(random.nextInt(TYPES.size())),
                        start,
                        start + 2 + random.nextInt(52 - start - 1),
                        random.nextInt(11) / 10.0);
            }
            List<Finding> found =
                    Redactor.of(List.of(new Fixed(List.of(findings)))).find(text);
            boolean[] covered = new boolean[text.length()];
            int end = 0;
            for (Finding finding : found) {
                assertThat(finding.start()).isGreaterThanOrEqualTo(end);
                end = finding.end();
                for (int i = finding.start(); i < end; i++) covered[i] = true;
            }
            int missing = 0;
            for (Finding finding : findings)
                for (int i = finding.start(); i < finding.end(); i++) if (!covered[i]) missing++;
            assertThat(missing).as("single letters at most").isLessThanOrEqualTo(findings.length * findings.length);
        }
    }
}
