// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EN|The meeting was moved to the next week because of the weather.",
                "DE|Bitte schicken Sie mir die Unterlagen bis morgen.",
                "ES|La reunión se ha cambiado para la próxima semana.",
                "FR|Nous vous remercions de votre réponse rapide.",
                "IT|Vorrei sapere quando arriva la mia spedizione.",
                "NL|Kunt u mij laten weten wanneer het pakket komt?",
                "PT|O tribunal decidiu que não houve violação do contrato.",
                "DE|Kurze Frage",
                "EN|12 % !"
            })
    void of_sentence_itsLanguage(String language, String text) {
        assertThat(new Page(text, Lexicon.shipped()).language()).hasToString(language);
    }
}
