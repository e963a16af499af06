// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.SECRET;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keys and tokens by the prefixes that their issuers give them, and passwords by the word before them. A UUID or a hex
 * digest is never a secret by its form alone.
 */
final class SecretRules {
    private static final String NOT_AFTER = "(?<![\\w-])";
    private static final String WORD = "[A-Za-z0-9_-]";
    private static final Set<String> NO_SECRETS = Set.of(
            "null",
            "none",
            "nil",
            "true",
            "false",
            "string",
            "required",
            "optional",
            "undefined",
            "empty",
            "changeme",
            "redacted",
            "hidden",
            "password",
            "secret",
            "token",
            "your_password",
            "example");

    /** {@code client_secret}, {@code accessToken} and the like begin a word at their last part. */
    private static final String PASSWORD_WORDS = "password|passwords|passwd|pwd|passphrase|passcode|secret|secret_key"
            + "|secretkey|secret_access_key|api_key|apikey|api-key|private_key|token|contraseña|contrasena|clave"
            + "|passwort|kennwort|mot de passe|wachtwoord|senha|parola d'ordine|hasło|lösenord";

    private static final String VALUE = "((?:[^\\s\"'`,;)}\\]<>&]|&(?![\\w-]{1,32}=)){4,256})";
    private static final String ASSIGNED = "[\"']?\\s{0,3}(?:=>|=|:|is|ist|es|est)\\s{0,3}[\"'`]?";
    private static final String IS = "[\"']?\\s{0,3}(?::|=|:=|=>|is)\\s{0,3}";

    private SecretRules() {}

    static List<Rule> all() {
        return Stream.of(issuedTokens(), tokensOfMoreIssuers(), assignments(), passwords())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> issuedTokens() {
        return List.of(
                token("INTRAMUROS_KEY", "im[ka]_[A-Za-z0-9_-]{16,128}"),
                token("AWS_ACCESS_KEY", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}"),
                token("GCP_API_KEY", "AIza" + WORD + "{35}"),
                token("GCP_OAUTH", "ya29\\." + WORD + "{20,1024}"),
                token("GITHUB_PAT", "gh[pousr]_[A-Za-z0-9]{36,251}"),
                token("GITHUB_FINE", "github_pat_\\w{82}"),
                token("GITLAB_PAT", "gl(?:pat|dt|rt|soat|ptt|ft|cbt)-" + WORD + "{20,64}"),
                token("SLACK_TOKEN", "xox[abeoprs]-[A-Za-z0-9-]{10,255}"),
                token("SLACK_APP", "xapp-\\d-[A-Za-z0-9-]{10,255}"),
                token("SLACK_HOOK", "https://hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,80}"),
                token("STRIPE", "[sr]k_(?:live|test)_[A-Za-z0-9]{16,247}"),
                token("STRIPE_HOOK", "whsec_[A-Za-z0-9+/=]{24,128}"),
                token("OPENAI", "sk-(?:proj|svcacct|admin)-" + WORD + "{20,256}"),
                token("OPENAI_OLD", "sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}"),
                token("ANTHROPIC", "sk-ant-" + WORD + "{20,256}"),
                token("OPENROUTER", "sk-or-v1-[0-9a-f]{64}"));
    }

    private static List<Rule> tokensOfMoreIssuers() {
        return List.of(
                token("NPM", "npm_[A-Za-z0-9]{36}"),
                token("PYPI", "pypi-AgEIcHlwaS5vcmc" + WORD + "{50,1024}"),
                token("SENDGRID", "SG\\." + WORD + "{16,32}\\." + WORD + "{16,64}"),
                token("HUGGING_FACE", "hf_[A-Za-z0-9]{30,64}"),
                token("SHOPIFY", "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
                token("DATABRICKS", "dapi[0-9a-f]{32}(?:-\\d)?"),
                token("DIGITALOCEAN", "do[opr]_v1_[0-9a-f]{64}"),
                token("VAULT", "hv[sb]\\." + WORD + "{24,300}"),
                token("TELEGRAM", "\\d{8,10}:AA" + WORD + "{33}"),
                token("TWILIO", "(?:SK|AC)[0-9a-f]{32}").near("twilio|sid|token|key"),
                token("JWT", "eyJ" + WORD + "{8,2048}\\.eyJ" + WORD + "{8,4096}\\.(?:" + WORD + "{8,2048})?"),
                token("AGE_KEY", "AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"));
    }

    private static List<Rule> assignments() {
        return List.of(
                Rule.after(
                        "secret_access_key|secretaccesskey|aws_secret_key|aws_secret|secret_key|secretkey|secret key",
                        SECRET,
                        "AWS_SECRET",
                        ASSIGNED + "([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"),
                Rule.after("account_key|accountkey", SECRET, "AZURE_STORAGE", ASSIGNED + "([A-Za-z0-9+/]{86}==)"),
                Rule.after("bearer|basic", SECRET, "BEARER", "[ \\t]{1,4}([A-Za-z0-9._~+/=-]{16,4096})")
                        .exactWhen(SecretRules::hasDigit),
                Rule.after(
                        "cvv|cvc|cvv2|cvc2|csc",
                        SECRET,
                        "CVV",
                        "[\"']?\\s{0,2}(?::|=|is)?\\s{0,2}[\"']?(\\d{3,4})(?!\\d)"),
                Rule.after(
                        "pin|pin code|pin-code",
                        SECRET,
                        "PIN",
                        "[\"']?\\s{0,2}(?::|=|is)\\s{0,2}[\"']?(\\d{4,8})(?!\\d)"));
    }

    private static List<Rule> passwords() {
        return List.of(
                Rule.after(PASSWORD_WORDS, SECRET, "PASSWORD", IS + "'([^'\\n]{4,256})'")
                        .exactWhen(SecretRules::isValue),
                Rule.after(PASSWORD_WORDS, SECRET, "PASSWORD", IS + "\"([^\"\\n]{4,256})\"")
                        .exactWhen(SecretRules::isValue),
                Rule.after(PASSWORD_WORDS, SECRET, "PASSWORD", IS + "`([^`\\n]{4,256})`")
                        .exactWhen(SecretRules::isValue),
                Rule.after(PASSWORD_WORDS, SECRET, "PASSWORD", "[\"']?\\s{0,3}(?::=|=>|=)\\s{0,3}" + VALUE)
                        .exactWhen(SecretRules::isValue),
                Rule.after(
                                PASSWORD_WORDS,
                                SECRET,
                                "PASSWORD",
                                "[\"']?(?:\\s{0,3}:\\s{0,3}|\\s{1,3}(?:is|ist|lautet|es|est|è|e)[: ]\\s{0,3})[\"'`]?"
                                        + VALUE)
                        .exactWhen(value -> isValue(value) && looksChosen(value)));
    }

    private static Rule token(String kind, String form) {
        return Rule.of(SECRET, kind, NOT_AFTER + "(?:" + form + ")");
    }

    /** Whether it can be a secret itself, not a call, a variable, a mark or a word that says there is none. */
    private static boolean isValue(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (NO_SECRETS.contains(lower) || lower.startsWith("${") || lower.startsWith("$(") || lower.startsWith("{{"))
            return false;
        if (value.startsWith("[") || value.startsWith("<") || value.contains("(") || lower.startsWith("os.env"))
            return false;
        if (lower.startsWith("process.env") || lower.startsWith("env.") || lower.startsWith("file:")) return false;
        return value.chars().anyMatch(c -> c != '*' && c != '.' && c != '•' && c != 'x' && c != 'X');
    }

    /** Whether a word after "password:" in prose is one that nobody would write otherwise. */
    private static boolean looksChosen(String value) {
        boolean mark = value.chars().anyMatch(c -> "!@#$%^&*_+=|~?/\\".indexOf(c) >= 0);
        boolean hump = value.chars().skip(1).anyMatch(Character::isUpperCase)
                && value.chars().anyMatch(Character::isLowerCase);
        return hasDigit(value) || (mark && value.length() > 5) || hump;
    }

    private static boolean hasDigit(String value) {
        return value.chars().anyMatch(Character::isDigit);
    }
}
