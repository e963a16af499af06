// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorerTest {
    private static final String TEXT = "Ana Ruiz lives in Vigo, mail ana@example.com, since 2020.";

    private final Scorer scorer = new Scorer();

    private static Finding found(EntityType type, int start, int end) {
        return new Finding(type, null, start, end, 0.8, "test");
    }

    private static Sample sample(String source, Sample.Span... spans) {
        return new Sample(TEXT, "en", source, List.of(spans));
    }

    @Test
    void add_exactFind_countsForRecallAndPrecision() {
        scorer.add(sample("x", new Sample.Span(0, 8, "PERSON")), List.of(found(EntityType.PERSON, 0, 8)));
        Tally person = scorer.done().total("PERSON");
        assertThat(person).isEqualTo(new Tally(1, 1, 1, 1));
        assertThat(person.recall()).isEqualTo(1);
        assertThat(person.precision()).isEqualTo(1);
        assertThat(person.f1()).isEqualTo(1);
        assertThat(scorer.done().overMasking()).isZero();
    }

    @Test
    void add_findThatIsTooShort_neitherExactNorCovered() {
        scorer.add(sample("x", new Sample.Span(0, 8, "PERSON")), List.of(found(EntityType.PERSON, 0, 3)));
        assertThat(scorer.done().total("PERSON")).isEqualTo(new Tally(1, 1, 0, 0));
    }

    @Test
    void add_twoFindsThatTogetherCover_coveredButNotExact() {
        scorer.add(
                sample("x", new Sample.Span(0, 8, "PERSON")),
                List.of(found(EntityType.PERSON, 0, 4), found(EntityType.LOCATION, 4, 8)));
        Score score = scorer.done();
        assertThat(score.total("PERSON").full()).isEqualTo(1);
        assertThat(score.total("PERSON").recall()).isZero();
        assertThat(score.total("LOCATION")).isEqualTo(new Tally(0, 1, 0, 0));
        assertThat(score.overMasking()).isZero();
    }

    @Test
    void add_findOutsideOfAll_countsItsCharactersAsMaskedInVain() {
        scorer.add(sample("x"), List.of(found(EntityType.PERSON, 9, 14)));
        assertThat(scorer.done().overMasking()).isCloseTo(1000.0 * 5 / TEXT.length(), within(1e-9));
        assertThat(scorer.done().total("PERSON").precision()).isZero();
    }

    @Test
    void add_dateFoundOrMissing_isNeverScored() {
        scorer.add(
                sample("x", new Sample.Span(52, 56, "DATE"), new Sample.Span(18, 22, "LOCATION")),
                List.of(found(EntityType.DATE, 0, 5), found(EntityType.AGE, 6, 8)));
        assertThat(scorer.done().types()).containsOnlyKeys("LOCATION");
        assertThat(scorer.done().overMasking()).isZero();
    }

    @Test
    void add_typeThatTheSourceDidNotMark_countsForCoverOnly() {
        Sample.Span place = new Sample.Span(29, 44, "LOCATION");
        scorer.add(sample("wnut17", place), List.of(found(EntityType.EMAIL, 29, 44)));
        assertThat(scorer.done().types()).containsOnlyKeys("LOCATION");
        assertThat(scorer.done().total("LOCATION")).isEqualTo(new Tally(1, 0, 0, 1));
    }

    @Test
    void total_someTypes_addsThemUp() {
        scorer.add(
                sample("x", new Sample.Span(0, 8, "PERSON"), new Sample.Span(18, 22, "LOCATION")),
                List.of(found(EntityType.PERSON, 0, 8)));
        Score score = scorer.done();
        assertThat(score.total("PERSON", "LOCATION", "ORGANIZATION")).isEqualTo(new Tally(2, 1, 1, 1));
        assertThat(score.total()).isEqualTo(new Tally(2, 1, 1, 1));
        assertThat(score.total().f1()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(score.chars()).isEqualTo(TEXT.length());
    }

    @Test
    void done_nothingAdded_perfectOfNothing() {
        assertThat(scorer.done().total().recall()).isEqualTo(1);
        assertThat(scorer.done().overMasking()).isZero();
    }

    @Test
    void sample_spanBeyondTheText_saysWhatIsExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample("short", "en", "x", List.of(new Sample.Span(0, 6, "PERSON"))))
                .withMessage("end: 6 (expected: <= 5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample.Span(3, 3, "PERSON"))
                .withMessage("span: 3..3 (expected: 0 <= start < end)");
    }

    @Test
    void toString_sample_showsNoText() {
        assertThat(sample("x")).hasToString("Sample[en, x, 57 chars, 0 spans]");
    }
}
