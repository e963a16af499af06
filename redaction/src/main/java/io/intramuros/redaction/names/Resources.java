// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.IOException;
import java.io.InputStream;

/** The files that travel with this package. */
final class Resources {
    private Resources() {}

    static InputStream open(String name) throws IOException {
        InputStream found = Resources.class.getResourceAsStream(name);
        if (found == null)
            throw new IOException("resource: " + name + " (expected: beside the classes of this package)");
        return found;
    }
}
