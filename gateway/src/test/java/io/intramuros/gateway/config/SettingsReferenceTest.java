// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    /** Run with {@code -Dwrite.reference=true} to write the page anew. */
    @Test
    void markdown_theSettingsAsTheyAre_isTheCommittedPage() throws IOException {
        Path page = Path.of("..", "docs", "settings.md");
        if (Boolean.getBoolean("write.reference")) Files.writeString(page, SettingsReference.markdown());

        assertThat(Files.readString(page)).isEqualTo(SettingsReference.markdown());
    }
}
