// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/** Folders that hold some of this machine's programs, to be a PATH that holds no others. */
public final class Tools {
    private Tools() {}

    /** Puts them in; as scripts and no links, which a temporary folder would warn of. */
    public static Path into(Path folder, List<String> names) throws IOException {
        for (String name : names) script(folder.resolve(name), "exec " + onPath(name) + " \"$@\"");
        return folder;
    }

    static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("tool: " + tool + " (expected: on the PATH)"));
    }
}
