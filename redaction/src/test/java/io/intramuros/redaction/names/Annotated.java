// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.List;

/** One record of the development data: a text and the names in it. */
record Annotated(String id, String text, String lang, String source, List<Gold> spans) {
    /** A name in a text, by UTF-16 index; {@code end} exclusive. */
    record Gold(int start, int end, String type) {}
}
