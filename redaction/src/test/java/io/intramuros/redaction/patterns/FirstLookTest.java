// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.names.Names;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A first look may say yes in vain; a no is a promise. */
class FirstLookTest {
    private static final long SEED = 20_261_124;
    private static final List<String> PIECES = List.of(
            "the ",
            "quick ",
            "Fox. ",
            "und ",
            "müde ",
            "password",
            "Passwort ",
            "is ",
            "= ",
            ": ",
            "\"",
            "hunter2 ",
            "correct ",
            "12 ",
            "March ",
            "1980 ",
            "DE89 3704 0044 0532 0130 00 ",
            "jane@example.com ",
            "jane ",
            "at ",
            "example ",
            "dot ",
            "com ",
            "[at] ",
            "+44 20 7946 0958 ",
            "10.0.0.7 ",
            "fe80::1 ",
            "https://u:p@h.example/ ",
            "sk-proj-abcdefghijklmnopqrstuvwx ",
            "AKIAIOSFODNN7EXAMPLE ",
            "aB18Q~abcdefghijklmnopqrstuvwxyzABCDE ",
            "-----BEGIN PRIVATE KEY-----",
            "born ",
            "4111 1111 1111 1111 ",
            "login=",
            "root ",
            "token ",
            "\n",
            "B-AB 123 ");

    private final Redactor patterns = Redactor.of(Patterns.detectors());

    @Test
    void mayFind_anyTextOfPieces_saysYesWhereSomethingIsFound() {
        Random random = new Random(SEED);
        int passed = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(1, 9); i > 0; i--) text.append(PIECES.get(random.nextInt(PIECES.size())));
            int from = random.nextInt(text.length());
            if (patterns.mayFind(text.toString(), from)) continue;
            passed++;
            assertThat(patterns.find(text.toString()))
                    .as("finds in '%s' that end after %d", text, from)
                    .noneMatch(finding -> finding.end() > from);
        }
        assertThat(passed).as("texts that a first look let pass").isGreaterThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The quick brown fox jumps over the lazy dog. ",
                "Die müde Bärin schläft. ",
                "Bien sûr, nous irons demain. "
            })
    void mayFind_ordinaryWords_saysNo(String prose) {
        assertThat(patterns.mayFind(prose, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password = hunter", "it was 12 march", "AKIAIO", "supercalifragilisticexpialidocious"})
    void mayFind_wordsThatCouldBePartOfSomething_saysYes(String text) {
        assertThat(patterns.mayFind(text, text.length() - 3)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(EntityType.class)
    void only_oneType_findsAllThatTheWholeFindsOfIt(EntityType type) {
        List<io.intramuros.redaction.Detector> all = new ArrayList<>(Patterns.detectors());
        all.addAll(Names.detectors());
        Redactor whole = Redactor.of(all);
        String text =
                "Anna Kowalska, jane.doe@example.com, +44 20 7946 0958, born 12.03.1980, 4111 1111 1111 1111, Berlin, "
                        + "IBAN DE89 3704 0044 0532 0130 00, password=hunter2x, https://ann:secret1@h.example/x, 10.1.2.3, Acme Ltd. "
                        + "DNI 80244895B, passport X1234567, user=root9, 00:1b:44:11:3a:b7";
        List<Finding> wanted =
                whole.find(text).stream().filter(f -> f.type() == type).toList();
        List<Finding> narrowed = whole.only(EnumSet.of(type)).find(text).stream()
                .filter(f -> f.type() == type)
                .toList();
        assertThat(narrowed).allSatisfy(f -> assertThat(f.type()).isEqualTo(type));
        for (Finding finding : wanted)
            assertThat(narrowed)
                    .as("%s, covered when it is looked for alone", finding)
                    .anyMatch(f -> f.start() <= finding.start() && f.end() >= finding.end());
    }

    @Test
    void only_noType_asksNobody() {
        assertThat(patterns.only(Set.of()).find("jane@example.com password=hunter2x"))
                .isEmpty();
        assertThat(patterns.only(Set.of()).mayFind("jane@example.com", 0)).isFalse();
    }

    @Test
    void find_azureSecret_foundByItsMark() {
        String secret = "abC8Q~" + "x1Y2z3".repeat(5) + "abcd";
        assertThat(patterns.find("secret " + secret + " end"))
                .anySatisfy(f -> assertThat(f.kind() + f.start() + "-" + f.end())
                        .isEqualTo("AZURE_AD7-" + (7 + secret.length())));
    }
}
