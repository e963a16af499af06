// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Writes the frames of server-sent events (WHATWG HTML, 9.2). */
public final class EventFrames {
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

    private EventFrames() {}

    /** Writes an event without a name. */
    public static void write(JsonNode data, ByteArrayOutputStream out) {
        out.writeBytes(DATA);
        out.writeBytes(StrictJson.write(data));
        out.writeBytes(END);
    }

    /** Writes an event with a name, which some clients go by. */
    public static void write(String name, JsonNode data, ByteArrayOutputStream out) {
        out.writeBytes(EVENT);
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        write(data, out);
    }
}
