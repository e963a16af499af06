// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Setting.class)
    void of_nothingGiven_isTheDefault(Setting setting) {
        Settings settings = Settings.of(Map.of(), _ -> null, Map.of());

        assertThat(settings.text(setting)).isEqualTo(setting.fallback());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void of_environment_winsOverFileAndLosesToCommand(Setting setting) {
        String value = setting.fallback().isEmpty() ? "given" : setting.fallback();
        Settings settings = Settings.of(
                Map.of(),
                name -> name.equals(setting.env()) ? value : null,
                Map.of(setting, new Settings.Given("wrong for every setting but a text", "file")));

        assertThat(settings.text(setting)).isEqualTo(value);
    }

    @Test
    void load_file_isRead() throws IOException {
        Files.writeString(folder.resolve("intramuros.yaml"), "listen: { port: 9090 }\nlimits:\n  bodyBytes: 2048\n");

        Settings settings = Settings.load(Map.of(), folder);

        assertThat(settings.number(Setting.PORT)).isEqualTo(9090);
        assertThat(settings.number(Setting.BODY_BYTES)).isEqualTo(2048);
    }

    @Test
    void load_unknownKey_namesFileLineAndWhatWasMeant() throws IOException {
        Files.writeString(folder.resolve("intramuros.yaml"), "listen:\n  prot: 9090\n");

        assertThatThrownBy(() -> Settings.load(Map.of(), folder))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("intramuros.yaml")
                .hasMessageContaining("2")
                .hasMessageContaining("listen.prot")
                .hasMessageContaining("listen.port");
    }

    @Test
    void load_valueOutOfRange_saysTheRange() throws IOException {
        Files.writeString(folder.resolve("intramuros.yaml"), "listen: { port: 70000 }\n");

        assertThatThrownBy(() -> Settings.load(Map.of(), folder))
                .hasMessageContaining("70000")
                .hasMessageContaining("0 to 65535");
    }
}
