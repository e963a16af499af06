// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the records of changes by administrators. */
final class Records {
    private static final int MOST_CHARS = 1_000;

    private final AdminJournal journal;

    Records(AdminJournal journal) {
        this.journal = journal;
    }

    /**
     * Records one.
     *
     * @param fields names and values in turn; long values are cut, so that a record stays within its 4 KiB
     * @throws NotRecorded if it cannot be
     */
    void write(String type, Principal actor, String... fields) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) byName.put(fields[i], cut(fields[i + 1]));
        try {
            journal.record(type, actor.getName(), byName);
        } catch (IllegalStateException e) {
            throw new NotRecorded(e);
        }
    }

    private static String cut(String value) {
        return value.length() <= MOST_CHARS ? value : value.substring(0, MOST_CHARS) + "…";
    }
}
