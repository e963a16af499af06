// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tenant's chain through an export: where it begins, where it ends, and whether each record follows the one before. One
 * thread.
 */
final class BundleChain {
    private long first = -1;
    private String before = "";
    private long next;
    private String last = "";
    private boolean isWhole = true;

    /** Takes the next record of the tenant. */
    void add(AuditEntry entry) {
        long place = entry.number("tseq");
        String previous = entry.text("tprev");
        if (first < 0) {
            first = place;
            before = previous;
        } else if (place != next || !previous.equals(last)) {
            isWhole = false;
        }
        next = place + 1;
        last = entry.leafHash();
    }

    /** Whether none is missing between the first and the last. */
    boolean isWhole() {
        return isWhole;
    }

    /** What the manifest says of it; nothing where there are no records. */
    Map<String, Object> described() {
        Map<String, Object> chain = new LinkedHashMap<>();
        if (first < 0) return chain;
        chain.put("first", first);
        chain.put("before", before);
        chain.put("next", next);
        chain.put("last", last);
        return chain;
    }
}
