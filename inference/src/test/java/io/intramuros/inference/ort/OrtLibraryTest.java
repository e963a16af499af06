// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtLibraryTest {
    @TempDir
    private Path folder;

    @Test
    void bundled_secondTime_usesTheFileThatIsThere() throws Exception {
        Path first = OrtLibrary.bundled(folder);
        Object unpacked = Files.getLastModifiedTime(first);
        assertThat(OrtLibrary.bundled(folder)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first)).isEqualTo(unpacked);
        assertThat(folder.relativize(first).getName(0).toString()).matches("[0-9a-f]{64}");
    }

    @Test
    void bundled_fileWasChanged_unpacksItAgain() throws Exception {
        Path library = OrtLibrary.bundled(folder);
        long size = Files.size(library);
        Files.write(library, new byte[] {1, 2, 3});
        assertThat(Files.size(OrtLibrary.bundled(folder))).isEqualTo(size);
        try (var files = Files.list(library.resolveSibling(""))) {
            assertThat(files).containsExactly(library);
        }
    }

    @Test
    void external_folderWithTheLibrary_findsIt() throws Exception {
        Path library = OrtLibrary.bundled(folder);
        assertThat(OrtLibrary.external(library.resolveSibling(""))).isEqualTo(library.toAbsolutePath());
    }

    @Test
    void external_emptyFolder_saysWhatIsMissing() {
        assertThatThrownBy(() -> OrtLibrary.external(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onnxruntime");
    }

    @Test
    void open_fileThatIsNoLibrary_isRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("libonnxruntime.so"), "no library");
        assertThatThrownBy(() -> OrtRuntime.open(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
