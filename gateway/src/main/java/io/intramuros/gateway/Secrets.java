// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.config.DataFolder;
import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.gateway.config.MasterKey;
import io.intramuros.gateway.config.Settings;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secrets of a start: given in the environment, or made and kept in the data folder where the mode allows it.
 *
 * @param madeToken whether this start made the admin token
 */
record Secrets(MasterKey master, String adminToken, boolean madeToken) {
    private static final String MASTER = "INTRAMUROS_MASTER_KEY";
    private static final String TOKEN = "INTRAMUROS_ADMIN_TOKEN";
    private static final int LEAST_TOKEN_CHARS = 32;

    static Secrets of(Settings settings, DataFolder data) {
        String master = System.getenv().getOrDefault(MASTER, "");
        String token = System.getenv().getOrDefault(TOKEN, "");
        if (settings.isProduction()) {
            if (master.isEmpty())
                throw new InvalidSettings(MASTER + ": not set (expected in production mode: 64 hex digits, as from:"
                        + " openssl rand -hex 32)");
            if (token.isEmpty())
                throw new InvalidSettings(TOKEN + ": not set (expected in production mode: at least 32 characters)");
        }
        if (!token.isEmpty() && token.length() < LEAST_TOKEN_CHARS)
            throw new InvalidSettings(TOKEN + ": " + token.length() + " characters (expected: at least 32)");
        boolean made = token.isEmpty() && !data.hasSecret("admin-token");
        return new Secrets(
                MasterKey.parse(master.isEmpty() ? data.secret("master-key", MasterKey::generate) : master),
                token.isEmpty() ? data.secret("admin-token", Secrets::freshToken) : token,
                made);
    }

    private static String freshToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return "ima_" + HexFormat.of().formatHex(random);
    }

    @Override
    public String toString() {
        return "Secrets";
    }
}
