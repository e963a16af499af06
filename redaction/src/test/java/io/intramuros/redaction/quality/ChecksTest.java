// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static Finding found(EntityType type, int start, int end) {
        return new Finding(type, null, start, end, 0.8, "test");
    }

    @Test
    void parse_evasion_decodesCodePointsAndBackslashes() {
        Evasion evasion = Evasion.parse("name\tj\\u{1D68A}\\\\u0040x\t0\t12");
        assertThat(evasion.text()).isEqualTo("j\ud835\ude8a\\u0040x");
        assertThat(evasion.end()).isEqualTo(10);
        assertThat(evasion).hasToString("Evasion[name]");
    }

    @Test
    void isIn_evasion_marksBetweenNeedNoCover() {
        Evasion evasion = Evasion.parse("name\t07-05 x\t0\t5");
        assertThat(evasion.isIn(List.of(found(EntityType.PHONE, 0, 2), found(EntityType.PHONE, 3, 5))))
                .isTrue();
        assertThat(evasion.isIn(List.of(found(EntityType.PHONE, 0, 4)))).isFalse();
    }

    @Test
    void parse_lineWithTooFewFields_saysHowMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evasion.parse("a\tb"))
                .withMessage("fields: 2 (expected: 4)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identifier.parse("a\tb"))
                .withMessage("fields: 2 (expected: 6)");
    }

    @Test
    void isIn_identifier_wantsTheTypeAndTheWholeValue() {
        Identifier dni = Identifier.parse("ES_DNI\tNATIONAL_ID\tES\t12345678Z\tvalid\tDNI");
        assertThat(dni.text()).isEqualTo("DNI: 12345678Z");
        assertThat(dni.isIn(List.of(found(EntityType.NATIONAL_ID, 5, 14)))).isTrue();
        assertThat(dni.isIn(List.of(found(EntityType.NATIONAL_ID, 5, 13)))).isFalse();
        assertThat(dni.isIn(List.of(found(EntityType.VAT_ID, 5, 14)))).isFalse();
        assertThat(dni).hasToString("Identifier[ES_DNI, valid]");
    }

    @Test
    void isWronglyIn_identifierOfNoType_anyFindIsWrong() {
        Identifier commit = Identifier.parse("SHA1\t-\t-\tabcdef0123\tinvalid\t");
        assertThat(commit.text()).isEqualTo("abcdef0123");
        assertThat(commit.isWronglyIn(List.of(found(EntityType.PHONE, 2, 8)))).isTrue();
        Identifier card = Identifier.parse("CARD\tCREDIT_CARD\t-\t4111111111111112\tinvalid\tcard");
        assertThat(card.isWronglyIn(List.of(found(EntityType.PHONE, 6, 22)))).isFalse();
        assertThat(card.isWronglyIn(List.of(found(EntityType.CREDIT_CARD, 6, 22))))
                .isTrue();
    }
}
