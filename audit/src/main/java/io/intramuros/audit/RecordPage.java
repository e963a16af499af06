// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.List;
import java.util.OptionalLong;

/**
 * Some records, oldest first.
 *
 * @param next where the next page begins; empty where this is the last
 */
public record RecordPage(List<AuditEntry> records, OptionalLong next) {
    public RecordPage {
        records = List.copyOf(records);
    }
}
