// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

/** Writes the settings reference, {@code docs/settings.md}, from the settings themselves. */
public final class SettingsReference {
    private SettingsReference() {}

    /** The whole page, as Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Settings

                A gateway reads `intramuros.yaml` in its configuration folder (`--config DIR`). The environment wins over
                the file, and the command line over both. Dots stand for nesting: `listen.port` is

                ```yaml
                listen:
                  port: 8080
                ```

                A key that is not on this page stops the start, with its line and the key that was probably meant.
                This page is written from the code; a test keeps it so.

                | key | environment | default | right | meaning |
                |---|---|---|---|---|
                """);
        for (Setting setting : Setting.values())
            page.append("| `")
                    .append(setting.key())
                    .append("` | `")
                    .append(setting.env())
                    .append("` | ")
                    .append(setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`")
                    .append(" | ")
                    .append(setting.rule())
                    .append(" | ")
                    .append(setting.meaning())
                    .append(" |\n");
        return page.append("""

                Secrets have no key in the file:

                | environment | meaning |
                |---|---|
                | `INTRAMUROS_MASTER_KEY` | 64 hex digits, from which the pepper of API keys, the surrogates' keys and the\
                 log's signing key are derived. Production mode demands it; embedded mode makes one, in `DATA/master-key`. |
                | `INTRAMUROS_ADMIN_TOKEN` | At least 32 characters: the token of the administrator `admin`. Production mode\
                 demands it; embedded mode makes one, in `DATA/admin-token`. |
                | `INTRAMUROS_DATA` | The data folder, where `--data` does not say; else `./data`. |
                | `INTRAMUROS_ADMIN_URL` | Where the command line finds the admin plane; else `http://127.0.0.1:8081`. |
                """).toString();
    }
}
