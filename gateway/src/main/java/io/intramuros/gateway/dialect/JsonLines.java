// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.BrokenAnswer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a byte stream into JSON objects, one a line (NDJSON). Takes any cut and blank lines. One stream, one thread. */
public final class JsonLines {
    private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

    /**
     * The objects that these bytes complete.
     *
     * @throws BrokenAnswer if a line is none, is too long, or holds an error
     */
    public List<ObjectNode> accept(byte[] bytes) {
        List<ObjectNode> objects = new ArrayList<>(2);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') continue;
            line.write(bytes, start, i - start);
            start = i + 1;
            object().ifPresent(objects::add);
        }
        line.write(bytes, start, bytes.length - start);
        if (line.size() > MAX_LINE_BYTES)
            throw new BrokenAnswer("line: larger than " + MAX_LINE_BYTES + " bytes (expected: a piece of an answer)");
        return objects;
    }

    /** Writes a line. */
    public static void write(JsonNode object, ByteArrayOutputStream out) {
        out.writeBytes(StrictJson.write(object));
        out.write('\n');
    }

    private Optional<ObjectNode> object() {
        byte[] whole = line.toByteArray();
        line.reset();
        if (isBlank(whole)) return Optional.empty();
        if (!(StrictJson.fromNode(whole).orElse(null) instanceof ObjectNode object))
            throw new BrokenAnswer("line: no JSON object (expected: a piece of an answer)");
        if (object.has("error")) throw new BrokenAnswer("line: an error (expected: a piece of an answer)");
        return Optional.of(object);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) if (b != ' ' && b != '\r' && b != '\t') return false;
        return true;
    }
}
