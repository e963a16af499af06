// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import java.util.List;

/**
 * A slot after redaction.
 *
 * @param text the new text
 * @param findings what was found, in the order of the old text
 */
public record RedactedSlot(String text, List<Applied> findings) {
    public RedactedSlot {
        findings = List.copyOf(findings);
    }

    @Override
    public String toString() {
        return "RedactedSlot[" + text.length() + " chars, " + findings.size() + " findings]";
    }
}
