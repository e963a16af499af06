// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.audit.LogKey;
import io.intramuros.audit.VerifierKey;
import io.intramuros.gateway.config.InvalidSettings;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The keys of logs and witnesses that settings name. */
final class LogKeys {
    private LogKeys() {}

    /** The log's own. */
    static LogKey of(Settings settings, Secrets secrets) {
        return named(() ->
                LogKey.of(settings.text(Setting.AUDIT_ORIGIN), secrets.master().logSeed()));
    }

    /** The one that this gateway signs with as a witness. */
    static LogKey witness(Settings settings, String seed) {
        return named(() -> LogKey.witness(
                settings.text(Setting.AUDIT_ORIGIN) + "/witness", HexFormat.of().parseHex(seed)));
    }

    /** A public key in a file. */
    static VerifierKey read(Setting setting, String file) {
        try {
            return VerifierKey.parse(Files.readString(Path.of(file)));
        } catch (IOException | IllegalArgumentException _) {
            throw new InvalidSettings(
                    setting.key() + ": " + file + " cannot be read (expected: a vkey file, as DATA/audit/vkey)");
        }
    }

    /** Makes a key. */
    private interface Make {
        LogKey key();
    }

    private static LogKey named(Make make) {
        try {
            return make.key();
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings(Setting.AUDIT_ORIGIN.key() + ": " + e.getMessage());
        }
    }
}
