// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.policies.ResourceSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configuration that the distribution shows as an example. */
class ExampleConfigTest {
    private static final Path FOLDER = root().resolve("examples/config");

    @Test
    void load_settings_areRead() {
        assertThat(Settings.load(Map.of(), FOLDER).text(Setting.POLICY_PACK)).isEqualTo("gdpr-default");
    }

    @Test
    void load_resources_areRead() {
        ResourceSet resources = ResourceSet.load(List.of(FOLDER), List.of("gdpr-default"));
        assertThat(resources.node("gpu-1")).isPresent();
        assertThat(resources.model("gpt-4o-mini"))
                .hasValueSatisfying(model -> assertThat(model.name()).isEqualTo("llama-3.1-8b"));
    }

    /** The tests run in the module's folder. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("intramuros"))
                ? here
                : here.resolve("..").normalize();
    }
}
