// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.Patterns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SynthesizerTest {
    private static final Synthesizer SYNTHESIZER = Synthesizer.standard();
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());

    private static Stream<String> identifiers() {
        try (var in = Patterns.class.getResourceAsStream("identifiers.tsv");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> line.contains("\tvalid\t")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource
    void identifiers(String line) {
        String[] row = line.split("\t", -1);
        String text = "The " + row[4] + " is " + row[2] + " as agreed.";
        Finding real = REDACTOR.find(text).stream()
                .filter(found -> found.type() == EntityType.valueOf(row[1]))
                .findFirst()
                .orElseThrow();
        String value = text.substring(real.start(), real.end());

        if (row[0].startsWith("BTC")) {
            assertThat(SYNTHESIZER.replace(real, text, attempt -> attempt)).isEmpty();
            return;
        }
        String made = SYNTHESIZER.replace(real, text, attempt -> 77 + attempt).orElseThrow();

        assertThat(made).isNotEqualTo(value);
        if (real.type() != EntityType.IP) assertThat(made).hasSameSizeAs(value);
        String replaced = text.substring(0, real.start()) + made + text.substring(real.end());
        assertThat(REDACTOR.find(replaced))
                .anySatisfy(found -> assertThat(found.type()).isEqualTo(real.type()));
    }

    private static String made(EntityType type, String value, long seed) {
        Finding finding = new Finding(type, null, 0, value.length(), 0.7, "test");
        return SYNTHESIZER.replace(finding, value, attempt -> seed + attempt).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "PERSON,Hans Müller,\\p{Lu}\\p{L}+ \\p{Lu}\\p{L}+",
        "PERSON,MARÍA DEL CARMEN,[A-Z]+ [A-Z]+ [A-Z]+",
        "PERSON,eva,[a-z]+",
        "ORGANIZATION,Nordwind Handels GmbH,.+ GmbH",
        "LOCATION,Sevilla,\\p{Lu}\\p{Ll}+",
        "'ADDRESS','Hauptstr. 5, 10115 Berlin','.+ \\d+, \\d{5} \\p{Lu}\\p{Ll}+'",
        "ADDRESS,Hauptstr. 5,.+ \\d+",
        "EMAIL,hans@corp.de,[a-z]+\\.[a-z]+\\d+@example\\.(com|org|net)",
        "USERNAME,hmueller,[a-z]+_[a-z]+\\d+",
        "URL,https://corp.de/hans,https://example\\.com/[a-z]+-\\d+",
        "IP,10.2.3.4,203\\.0\\.113\\.\\d+",
        "IP,fe80::1,2001:db8::[0-9a-f]+:[0-9a-f]+",
        "MAC,AA:BB:CC:00:11:22,02(:[0-9A-F]{2}){5}",
        "DATE_OF_BIRTH,31.12.1980,(1[3-9]|2[0-8])\\.(0[1-9]|1[0-2])\\.19[789]\\d",
        "DATE,3 March 2021,\\d March 20[123]\\d",
        "AGE,37,[1-9]\\d",
        "SECRET,aB3-xyz,[a-z][A-Z]\\d-[a-z]{3}",
        "CUSTOM,EMP-0012,[A-Z]{3}-\\d{4}"
    })
    void replace_valueOfAType_hasItsForm(EntityType type, String value, String form) {
        for (int seed = 0; seed < 50; seed++) {
            String made = made(type, value, seed * 1_000L);
            assertThat(made).matches(form).isNotEqualTo(value);
            assertThat(made(type, value, seed * 1_000L)).isEqualTo(made);
        }
    }

    @Test
    void replace_card_keepsTheBrandAndTheCheckDigitRight() {
        String text = "Card 4111 1111 1111 1111";
        Finding card = REDACTOR.find(text).getFirst();

        String made = SYNTHESIZER.replace(card, text, attempt -> 5 + attempt).orElseThrow();

        assertThat(made).startsWith("4111 ").doesNotContain("1111 1111");
        assertThat(REDACTOR.find("Card " + made).getFirst().score()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void replace_checksumThatNothingMeets_givesNothing() {
        Finding invented = new Finding(EntityType.NATIONAL_ID, "NOBODYS", 0, 8, 0.95, "pattern");

        assertThat(SYNTHESIZER.replace(invented, "12345678", attempt -> attempt))
                .isEqualTo(Optional.empty());
    }
}
