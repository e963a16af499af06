// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.TextValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Where a secret is kept: {@code env:NAME} or {@code file:/absolute/path}. Never the secret itself. */
@TextValue
public record SecretSource(String reference) {
    private static final Pattern ENV = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FILE = Pattern.compile("file:/.+");

    public SecretSource {
        // A secret written here by mistake must not reach a log through the message.
        if (!ENV.matcher(reference).matches() && !FILE.matcher(reference).matches())
            throw new IllegalArgumentException("not a reference (expected: env:NAME or file:/absolute/path)");
    }

    /**
     * The secret as it is now; a file is read each time, so that it can be rotated.
     *
     * @throws IOException where the variable or file is missing or empty
     */
    public String read(Map<String, String> environment) throws IOException {
        String where = reference.substring(reference.indexOf(':') + 1);
        String secret = reference.startsWith("env:")
                ? environment.getOrDefault(where, "")
                : Files.readString(Path.of(where), StandardCharsets.UTF_8).strip();
        if (secret.isEmpty()) throw new IOException(reference + ": nothing there (expected: the secret)");
        return secret;
    }

    @Override
    public String toString() {
        return reference;
    }
}
