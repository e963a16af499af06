// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Redactor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Mail <o'brien+x@mail.example.co.uk>.|Mail <[EMAIL]>.",
                "user=jose@müller.de;|user=[EMAIL];",
                "a@b @c d@ e@localhost f@1.2|a@b @c d@ e@localhost f@1.2",
                "IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX|IBAN [IBAN] BIC [BIC]",
                "Card 4111-1111-1111-1111 123|Card [CREDIT_CARD] 123",
                "order 4111111111111112 is no card|order 4111111111111112 is no card",
                "from 10.149.42.179:8080 and [2001:db8::8a2e:370:7334]|from [IP]:8080 and [[IP]]",
                "version 1.2.3.4, 1.2.3.400, 127.0.0.1|version 1.2.3.4, 1.2.3.400, 127.0.0.1",
                "at 12:30:15, std::vector, a::b|at 12:30:15, std::vector, a::b",
                "mac 1b:b5:e9:ef:40:97 or 1b-b5-e9-ef-40-97|mac [MAC] or [MAC]",
                "call +44 (0)20 7946 0958 ext. 12 now|call [PHONE] now",
                "ring (030) 123456 or 0049 30 1234567|ring [PHONE] or [PHONE]",
                "order 612345678, invoice 0301234567|order 612345678, invoice 0301234567",
                "tel 612 345 678, ref 612345679|tel [PHONE], ref 612345679",
                "born 12.03.1980, seen 2024-05-01|born [DATE_OF_BIRTH], seen [DATE]",
                "née le 6 août 1963; *13. Februar 1967|née le [DATE_OF_BIRTH]; *[DATE_OF_BIRTH]",
                "a 34-year-old, edad: 34|a [AGE], edad: [AGE]",
                "https://docs.example.com/guide and https://x.com/jane_doe|https://docs.example.com/guide and [URL]",
                "account number 59478913|account number [BANK_ACCOUNT]",
                "passport PK9338778, plate B-SV 1774|passport [PASSPORT], plate [VEHICLE]",
                "login failed user=joy_carpenter|login failed user=[USERNAME]",
                "MRN-272655, badge MA91186|[MEDICAL_RECORD], badge [EMPLOYEE_ID]",
                "0x9c1dca12ca96db992f2df1ec00dfe6023b5bdebd|[CRYPTO_WALLET]",
                "jane.doe [at] example [dot] com|[EMAIL]",
                "look at example.com for more|look at example.com for more",
            })
    void mask_line_writesEachType(String text, String expected) {
        assertThat(REDACTOR.mask(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The committee met 12 times in 2023 and spent 1,250,000 euros on 3 projects.",
                "for (int i = 0; i < 10_000; i++) { map.put(\"key\", items[i]); }",
                "Use S3, EKS, C4, H100 and UTF-8; RFC 9112 §4.2; pi = 3.14159265358979",
                "Die Rechnung 4711 über 1.234,56 EUR ist bezahlt, Artikel 10-20-30.",
                "commit ba1e1edd68573c5e2a6175b1ed135c591e5ed6f9 in 1723304993196 ms"
            })
    void find_honestText_givesNothing(String text) {
        assertThat(REDACTOR.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 ",
                "1234 ",
                "@",
                "a@",
                "a.",
                "://",
                "+1 ",
                "eyJ-",
                "eyJa.eyJ",
                "password ",
                "password=",
                "(0) ",
                "a1-",
                ":",
                "f:",
                "-----BEGIN ",
                "-----END ",
                "[PERSON_",
                "%40",
                "&#64;",
                "o0",
                "a b ",
                "\u200b",
                "\u202e",
                "AAAA",
                "DE89 ",
                " at ",
                "12.12.",
                "4111 1111 ",
                "é1"
            })
    void find_repeatedBeginning_takesLinearTime(String piece) {
        String text = piece.repeat(60_000 / piece.length());
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> REDACTOR.find(text));
    }

    @Test
    void find_manyThreads_giveTheSame() throws ExecutionException, InterruptedException {
        String text = "jane@example.com +44 20 7946 0958 4111 1111 1111 1111 BSN 452689272";
        String expected = REDACTOR.mask(text);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<String>> masked = IntStream.range(0, 200)
                    .mapToObj(_ -> threads.submit(() -> REDACTOR.mask(text)))
                    .toList();
            for (Future<String> one : masked) assertThat(one.get()).isEqualTo(expected);
        }
        assertThat(expected).isEqualTo("[EMAIL] [PHONE] [CREDIT_CARD] BSN [NATIONAL_ID]");
    }

    @Test
    void find_validatedNumber_saysItsKindAndScore() {
        assertThat(REDACTOR.find("DNI 80244895B")).singleElement().satisfies(finding -> {
            assertThat(finding.type()).isEqualTo(EntityType.NATIONAL_ID);
            assertThat(finding.kind()).isEqualTo("ES_DNI");
            assertThat(finding.score()).isEqualTo(1);
        });
    }
}
