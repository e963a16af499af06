// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final Labels LABELS = new Labels(List.of(EntityType.PERSON, EntityType.LOCATION));

    @Test
    void of_names_firstInnerLastAndOnly() {
        int[] labels = Labels.of(7, List.of(new int[] {0, 3, 0}, new int[] {4, 5, 1}, new int[] {5, 7, 0}));
        assertThat(labels)
                .containsExactly(
                        Labels.of(0, Labels.FIRST),
                        Labels.of(0, Labels.INNER),
                        Labels.of(0, Labels.LAST),
                        Labels.NONE,
                        Labels.of(1, Labels.ONLY),
                        Labels.of(0, Labels.FIRST),
                        Labels.of(0, Labels.LAST));
    }

    @Test
    void typeAndPart_everyLabel_areThoseItWasMadeOf() {
        assertThat(LABELS.size()).isEqualTo(9);
        for (int type = 0; type < 2; type++) {
            for (int part = Labels.FIRST; part <= Labels.ONLY; part++) {
                assertThat(Labels.type(Labels.of(type, part))).isEqualTo(type);
                assertThat(Labels.part(Labels.of(type, part))).isEqualTo(part);
            }
        }
    }

    @Test
    void follows_insideAName_onlyMoreOfIt() {
        int first = Labels.of(0, Labels.FIRST);
        assertThat(Labels.follows(first, Labels.of(0, Labels.INNER))).isTrue();
        assertThat(Labels.follows(first, Labels.of(0, Labels.LAST))).isTrue();
        assertThat(Labels.follows(first, Labels.of(1, Labels.LAST))).isFalse();
        assertThat(Labels.follows(first, Labels.NONE)).isFalse();
        assertThat(Labels.follows(first, Labels.of(0, Labels.ONLY))).isFalse();
    }

    @Test
    void follows_afterAName_noneOrAnotherFromItsStart() {
        int last = Labels.of(1, Labels.LAST);
        assertThat(Labels.follows(last, Labels.NONE)).isTrue();
        assertThat(Labels.follows(last, Labels.of(0, Labels.FIRST))).isTrue();
        assertThat(Labels.follows(last, Labels.of(1, Labels.INNER))).isFalse();
        assertThat(Labels.follows(Labels.NONE, Labels.of(1, Labels.LAST))).isFalse();
    }
}
