// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.admin.AdminTokens;
import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.policies.SecretSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may use the admin plane: the holder of the installation's own token, and those that the settings name. */
final class Administrators {
    private static final Pattern ONE = Pattern.compile("([a-z0-9][a-z0-9.-]{0,39})=(\\S+)");

    private Administrators() {}

    /**
     * Reads their tokens.
     *
     * @throws InvalidSettings if one is named twice, or has no token that is long enough
     */
    static AdminTokens of(Settings settings, String ownToken, Map<String, String> environment) {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put(AdminTokens.DEFAULT_NAME, ownToken);
        for (String written : settings.text(Setting.ADMIN_TOKENS).split(",", -1))
            if (!written.isBlank()) add(written.strip(), environment, tokens);
        try {
            return AdminTokens.of(tokens);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings(String.valueOf(e.getMessage()));
        }
    }

    private static void add(String written, Map<String, String> environment, Map<String, String> tokens) {
        Matcher one = ONE.matcher(written);
        // What is not understood may be a token that was put here by mistake, so it is not shown.
        if (!one.matches())
            throw new InvalidSettings(
                    "admin.tokens: not understood (expected: NAME=env:VARIABLE or NAME=file:/PATH, a name of a-z, 0-9, . and -)");
        try {
            String token = new SecretSource(one.group(2)).read(environment);
            if (tokens.put(one.group(1), token) != null)
                throw new InvalidSettings("admin.tokens: " + one.group(1) + " stands twice (expected: once)");
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettings("admin.tokens: " + one.group(1)
                    + ": its token cannot be read (expected: env:VARIABLE or" + " file:/PATH that holds one)");
        }
    }
}
