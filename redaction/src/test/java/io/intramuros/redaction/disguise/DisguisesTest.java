// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.disguise;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisguisesTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0660\u0667\u0668-\u0660\u0665-\u0661\u0661\u0662\u0660",
                "078\u280005\u28001120",
                "\u24ea\u2466\u2467-\u24ea\u2464-\u2460\u2460\u2461\u24ea",
                "0\ufe0f\u20e37\ufe0f\u20e38\ufe0f\u20e3-0\ufe0f\u20e35\ufe0f\u20e3-1\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e30\ufe0f\u20e3",
                "078\u221205\u22121120",
                "\u202e0211-50-870\u202c",
                "O78-O5-112O",
                "\u2070\u2077\u2078-\u2070\u2075-\u00b9\u00b9\u00b2\u2070",
                "jane\u200e.doe@\u200fexample.com",
                "j\u0430n\u0435.d\u043e\u0435@\u0435x\u0430mpl\u0435.\u0441\u043em",
                "jane\u2024doe@example\u2024com",
                "jane.doe\uff20example.com",
                "jane.doe&#64;example.com",
                "jane.doe\\u0040example.com",
                "jane.doe=40example.com",
                "j a n e . d o e @ e x a m p l e . c o m",
                "\ud835\ude93\ud835\ude8a\ud835\ude97\ud835\ude8e@\ud835\ude8e\ud835\udea1.\ud835\ude8c\ud835\ude98\ud835\ude96",
                "jane.doe\udb40\udc41\udb40\udc42@example.com",
                "D\u039589 3704 0044 0532 0130 00",
                "4111\u00a01111\u00a01111\u00a01111",
                "amFuZS5kb2VAZXhhbXBsZS5jb20=",
                "WVcxR2RWcFROV3RpTWxaQldsaG9hR0pZUW5OYVV6VnFZakl3UFE9PQ=="
            })
    void find_disguisedValue_coversItAll(String value) {
        String text = "SSN 😀 " + value + " end";
        int start = text.indexOf(value);
        List<Finding> found = REDACTOR.find(text);
        assertThat(found).isNotEmpty();
        for (int i = start; i < start + value.length(); i++) {
            if (!Character.isLetterOrDigit(value.codePointAt(i - start)) || Character.isLowSurrogate(text.charAt(i)))
                continue;
            int at = i;
            assertThat(found).anyMatch(finding -> finding.start() <= at && finding.end() > at);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Die Größe der Übergänge – so sagt man – ist „gefährlich“ …",
                "Plain text, nothing else: a + b = c; x & y.",
                "Привет, как дела? 日本語のテキスト。 Ελληνικά",
                "a b c d e"
            })
    void lift_honestText_givesNoOtherReading(String text) {
        assertThat(Disguises.lift(text)).isEmpty();
    }

    @Test
    void lift_pictureInBase64_givesNoOtherReading() {
        byte[] bytes = new byte[3000];
        new java.util.Random(1).nextBytes(bytes);
        assertThat(Disguises.lift(java.util.Base64.getEncoder().encodeToString(bytes)))
                .isEmpty();
    }
}
