// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import java.util.Map;

/** Where changes by administrators are recorded. */
@FunctionalInterface
public interface AdminJournal {
    /**
     * Records a change; returns when the record is durable.
     *
     * @param type as {@code key.created}
     * @param actor the administrator's name
     * @param fields names, ids and amounts, never a secret
     * @throws IllegalStateException if it cannot be recorded
     */
    void record(String type, String actor, Map<String, String> fields);
}
