// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a byte stream into the data of its server-sent events (WHATWG HTML, 9.2). Takes any line end and any cut;
 * comments and fields other than {@code data} are dropped. One stream, one thread.
 */
public final class SseFrames {
    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(512);
    private boolean hasData;
    private boolean afterReturn;

    /**
     * For one stream.
     *
     * @param maxEventBytes the largest event
     */
    public SseFrames(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /** An event that is larger than allowed. */
    public static final class EventTooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        EventTooLarge(int limit) {
            super("event: larger than " + limit + " bytes");
        }
    }

    /** The data of each event that these bytes complete. */
    public List<byte[]> accept(byte[] bytes) {
        List<byte[]> events = new ArrayList<>(2);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                afterReturn = false;
                continue;
            }
            line.write(bytes, start, i - start);
            start = i + 1;
            boolean second = b == '\n' && afterReturn && line.size() == 0;
            afterReturn = b == '\r';
            if (!second) endLine(events);
        }
        line.write(bytes, start, bytes.length - start);
        if (line.size() + data.size() > maxEventBytes) throw new EventTooLarge(maxEventBytes);
        return events;
    }

    private void endLine(List<byte[]> events) {
        byte[] whole = line.toByteArray();
        line.reset();
        if (whole.length == 0) {
            if (hasData) events.add(data.toByteArray());
            data.reset();
            hasData = false;
            return;
        }
        int text = dataStart(whole);
        if (text < 0) return;
        if (hasData) data.write('\n');
        data.write(whole, text, whole.length - text);
        hasData = true;
    }

    private static int dataStart(byte[] line) {
        if (line.length < 5 || line[0] != 'd' || line[1] != 'a' || line[2] != 't' || line[3] != 'a' || line[4] != ':')
            return -1;
        return line.length > 5 && line[5] == ' ' ? 6 : 5;
    }
}
