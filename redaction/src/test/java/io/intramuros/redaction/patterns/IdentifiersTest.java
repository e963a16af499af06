// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values made for this project: two valid and two corrupted of each kind, in a sentence with the word that names it. */
class IdentifiersTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());

    record Row(String kind, String type, String value, boolean valid, String word) {
        static Row of(String line) {
            String[] fields = line.split("\t", -1);
            return new Row(fields[0], fields[1], fields[2], fields[3].equals("valid"), fields[4]);
        }

        String sentence() {
            return "The " + word + " is " + value + " as agreed 😀.";
        }
    }

    private static Stream<Row> rows(boolean valid) {
        try (var in = IdentifiersTest.class.getResourceAsStream("identifiers.tsv");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().map(Row::of).filter(row -> row.valid == valid).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Row> valid() {
        return rows(true);
    }

    static Stream<Row> corrupted() {
        return rows(false).filter(row -> !row.type.equals("-"));
    }

    static Stream<Row> lookAlikes() {
        return rows(false).filter(row -> row.type.equals("-"));
    }

    @ParameterizedTest
    @MethodSource
    void valid(Row row) {
        int start = row.sentence().indexOf(row.value, row.word.length() + 5);
        assertThat(REDACTOR.find(row.sentence()))
                .filteredOn(finding -> finding.type() == EntityType.valueOf(row.type))
                .anySatisfy(finding -> {
                    assertThat(finding.start()).isLessThanOrEqualTo(start);
                    assertThat(finding.end()).isEqualTo(start + row.value.length());
                });
    }

    @ParameterizedTest
    @MethodSource
    void corrupted(Row row) {
        List<Finding> found = REDACTOR.find(row.sentence());
        assertThat(found).noneMatch(finding -> finding.type() == EntityType.valueOf(row.type));
    }

    @ParameterizedTest
    @MethodSource
    void lookAlikes(Row row) {
        assertThat(REDACTOR.find(row.sentence())).isEmpty();
    }
}
