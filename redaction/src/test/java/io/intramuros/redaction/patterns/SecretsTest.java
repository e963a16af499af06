// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Redactor REDACTOR = Redactor.of(Patterns.detectors());

    private static String masked(String text) {
        return REDACTOR.mask(text);
    }

    /** Values are put together here, so that no scanner of the repository takes them for real ones. */
    @ParameterizedTest
    @CsvSource({
        "imk_, 32",
        "ima_, 32",
        "AKI, A2345672345672345",
        "AIz, a01234567890123456789012345678901234",
        "ghp_, 36",
        "gho_, 36",
        "github_pat_, 82",
        "glpat-, 20",
        "xoxb-, 40",
        "sk_live_, 24",
        "rk_live_, 24",
        "sk-proj-, 120",
        "sk-ant-api03-, 95",
        "npm_, 36",
        "hf_, 34",
        "hvs., 96",
        "whsec_, 32",
        "sk-or-v1-, 0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "shpat_, 0123456789abcdef0123456789abcdef",
        "dapi, 0123456789abcdef0123456789abcdef",
        "abc1Q, ~0123456789012345678901234567890123",
        "eyJhbGciOiJIUzI1NiJ9.eyJ, zdWIiOiIxIn0.c2lnbmF0dXJlMTIz"
    })
    void find_issuedToken_isASecret(String prefix, String rest) {
        String body = rest.length() < 4 ? "a1B2c3D4e5".repeat(20).substring(0, Integer.parseInt(rest)) : rest;
        assertThat(masked("Use " + prefix + body + ", please")).isEqualTo("Use [SECRET], please");
        assertThat(masked("KEY=" + prefix + body)).isEqualTo("KEY=[SECRET]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POSTGRES_PASSWORD=Tr0ub4dor&3|POSTGRES_PASSWORD=[SECRET]",
                "password: \"S0mmer!71x\", token|password: \"[SECRET]\", token",
                "{\"dbPassword\":\"correct horse\"}|{\"dbPassword\":\"[SECRET]\"}",
                "my password is hunter2!|my password is [SECRET]",
                "la contraseña es Verano2024.|la contraseña es [SECRET]",
                "Passwort: geheim99x|Passwort: [SECRET]",
                "clientSecret = 'abc def'|clientSecret = '[SECRET]'",
                "Authorization: Bearer abcdef0123456789abcd|Authorization: Bearer [SECRET]",
                "cvv: 123 pin=4711|cvv: [SECRET] pin=[SECRET]",
            })
    void find_passwordAfterItsWord_isASecret(String text, String expected) {
        assertThat(masked(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = getPassword()",
                "password: required",
                "token = os.environ[\"TOKEN\"]",
                "secret: ${SECRET}",
                "The password is wrong",
                "password: ********",
                "max_tokens: 4096, tokenizer = auto",
                "sha 5472dd17059b70039ce946bfef906da9a5ab688b8505952341270cc0ed164fb0",
                "id 20ece2cb-b4e3-4beb-ad66-f190573bc591"
            })
    void find_whatIsNoSecret_isLeft(String text) {
        assertThat(masked(text)).isEqualTo(text);
    }

    @Test
    void find_credentialsInUrl_areUserAndSecret() {
        assertThat(masked("postgres://ana:s3cr3t@db.example.com/app"))
                .isEqualTo("postgres://[USERNAME]:[SECRET]@db.example.com/app");
        assertThat(masked("https://api.example.com/v1?access_token=abcdef123456&x=1"))
                .isEqualTo("https://api.example.com/v1?access_token=[SECRET]&x=1");
    }

    @Test
    void find_privateKey_isOneSecret() {
        String label = "RSA PRIVATE KEY-----";
        String key = "-----BEGIN " + label + "\nMIIE\nabc=\n-----END " + label;
        assertThat(masked("a\n" + key + "\nb")).isEqualTo("a\n[SECRET]\nb");
        assertThat(masked("a\n-----BEGIN " + label + "\nMIIE")).isEqualTo("a\n[SECRET]");
        assertThat(masked("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"))
                .contains("MIIE");
        assertThat(REDACTOR.find(key).getFirst().type()).isEqualTo(EntityType.SECRET);
    }
}
