// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountriesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the capital of France?",
                "¿Cuál es la capital de España?",
                "Wie heißt die Hauptstadt von Deutschland?",
                "Quelle est la capitale de l'Italie ?"
            })
    void find_countryAlone_isNoFind(String text) {
        assertThat(Redactor.of(Names.detectors()).find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"She lives in Barcelona with her son.", "Ich wohne in München bei meiner Tante."})
    void find_town_isStillFound(String text) {
        assertThat(Redactor.of(Names.detectors()).find(text))
                .extracting(Finding::type)
                .contains(EntityType.LOCATION);
    }
}
