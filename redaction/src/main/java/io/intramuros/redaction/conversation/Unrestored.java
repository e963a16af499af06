// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.synthesis.Synthesizer;
import io.intramuros.redaction.vault.Surrogates;

/** Stands in for what a model says by itself, which nothing turns back. */
record Unrestored(Surrogates surrogates) implements Treatment.StandIns {
    @Override
    public String surrogate(EntityType type, String value) {
        return surrogates.unrestorable(type, value);
    }

    @Override
    public String madeUp(Finding finding, String text) {
        String value = text.substring(finding.start(), finding.end());
        return Synthesizer.standard()
                .replace(finding, text, surrogates.seeds(finding.type(), value))
                .orElseGet(() -> surrogate(finding.type(), value));
    }
}
